// A port for what is stopped and started again, or told of before it serves.
import { randomInt } from "node:crypto";
import net from "node:net";

export const listening = (port) => new Promise((resolve) => {
  const socket = net.connect({ port, host: "127.0.0.1" }, () => { socket.destroy(); resolve(true); });
  socket.on("error", () => resolve(false));
});

// Below those that the system gives to whoever asks for any: they stay free while nobody listens there.
export async function free_port() {
  for (;;) {
    const port = 20_000 + randomInt(12_000);
    if (!(await listening(port))) return port;
  }
}
