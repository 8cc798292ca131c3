/** One element: its name, and its text or the elements in it. */
export type XmlElement = readonly [name: string, content: string | readonly XmlElement[]];

/** An element as XML, on one line. */
export function xmlElement([name, content]: XmlElement): string {
  const inner = typeof content === "string" ? escaped(content) : content.map(xmlElement).join("");
  return `<${name}>${inner}</${name}>`;
}

const entities: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ["\r", "&#13;"],
]);

function escaped(text: string): string {
  return (
    text
      // XML has no way at all to write the other control characters.
      .replace(/[\p{Cc}\ufffe\uffff]/gu, (character) => (/[\t\n\r]/.test(character) ? character : "\ufffd"))
      .replace(/[&<>\r]/g, (character) => entities.get(character) ?? character)
  );
}
