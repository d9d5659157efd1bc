// A PDF with one line of text on each page; and a message sent by the form with files beside its fields.
export function pdf(lines) {
  const pages = lines.map((_, i) => `${4 + 2 * i} 0 R`);
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${pages.join(" ")}] /Count ${lines.length} >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ...lines.flatMap((line, i) => {
      const drawn = `BT /F 24 Tf 60 760 Td (${line}) Tj ET`;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${5 + 2 * i} 0 R /Resources << /Font << /F 3 0 R >> >> >>`,
        `<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`,
      ];
    }),
  ];
  let out = "%PDF-1.7\n";
  const places = objects.map((object, i) => {
    const at = out.length;
    out += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = out.length;
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("")}`;
  return Buffer.from(`${out}trailer\n<< /Root 1 0 R /Size ${objects.length + 1} >>\nstartxref\n${table}\n%%EOF\n`);
}

// The answer to the form at `path`; files: [{name, type, bytes}].
export async function send_files(author, path, fields, files) {
  await author.request("GET", path);
  const edge = "x".repeat(30), crlf = "\r\n";
  const parts = Object.entries({ csrf: author.saved.csrf, once: author.saved.once, ...fields })
    .map(([name, value]) => Buffer.from(`--${edge}${crlf}Content-Disposition: form-data; name="${name}"${crlf}${crlf}${value}${crlf}`));
  for (const { name, type, bytes } of files)
    parts.push(Buffer.from(`--${edge}${crlf}Content-Disposition: form-data; name="photos"; filename="${name}"${crlf}Content-Type: ${type}${crlf}${crlf}`), bytes, Buffer.from(crlf));
  parts.push(Buffer.from(`--${edge}--${crlf}`));
  return author.request("POST", path, { "Content-Type": `multipart/form-data; boundary=${edge}`, "Accept-Language": "en" }, Buffer.concat(parts));
}
