// The form "say something": offers the device's position, which is asked for only when the button is pressed and is
// rounded to four decimals, about ten metres, before it leaves the device; and says what was said already.
import { offer_alike } from "./alike";

const decimals = 4;

function offerPosition(field: HTMLElement): void {
  const button = field.querySelector("button");
  const said = field.querySelector<HTMLElement>("[role=status]");
  const target = document.querySelector<HTMLInputElement>("input[name=position]");
  if (!button || !said || !target || !("geolocation" in navigator)) return;
  field.hidden = false;
  const taken = (): void => {
    if (target.value) said.textContent = (field.dataset.taken ?? "").replace("{position}", target.value);
  };
  taken();
  button.addEventListener("click", () => {
    said.textContent = field.dataset.asking ?? "";
    navigator.geolocation.getCurrentPosition(
      (at) => {
        target.value = `${at.coords.latitude.toFixed(decimals)},${at.coords.longitude.toFixed(decimals)}`;
        taken();
      },
      () => {
        target.value = "";
        said.textContent = field.dataset.refused ?? "";
      },
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 0 },
    );
  });
}

const field = document.getElementById("position-field");
if (field) offerPosition(field);
const alike = document.getElementById("alike");
if (alike) offer_alike(alike);
