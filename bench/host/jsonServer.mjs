import { once } from "node:events";
import { createServer } from "node:http";

/** Answers `GET /<bytes>` with JSON of that size. It takes no time of the extension host, which is another process. */
export async function serveJson() {
  const bodies = new Map();
  const server = createServer(({ url }, response) => {
    const bytes = Number(url.slice(1));
    const body = bodies.get(bytes) ?? jsonOf(bytes);
    bodies.set(bytes, body);
    response.writeHead(200, { "content-type": "application/json", "content-length": body.length }).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** A list of records such as services answer with, in exactly so many bytes. */
function jsonOf(bytes) {
  const records = [];
  let size = 2;
  for (let id = 0; ; id += 1) {
    const record = JSON.stringify({
      id,
      name: `pet number ${id}`,
      tags: ["small", "shy", `colour-${id % 17}`],
      owner: { name: "Anna", email: `anna.${id}@example.com`, since: "2024-02-29T12:34:56Z" },
      price: id * 1.25,
      sold: id % 3 === 0,
      note: null,
    });
    if (size + record.length + 100 > bytes) break;
    records.push(record);
    size += record.length + 1;
  }
  const padding = bytes - Buffer.byteLength(`[${records.join(",")},""]`);
  return Buffer.from(`[${records.join(",")},"${"x".repeat(padding)}"]`);
}
