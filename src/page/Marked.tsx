/** A text with what is not in the other one marked: all between what both begin and end with. */
export function Marked({ text, other }: { readonly text: string; readonly other: string | null }) {
  if (other === null || other === text) return <>{text}</>;
  const most = Math.min(text.length, other.length);
  let before = 0;
  while (before < most && text[before] === other[before]) before += 1;
  let after = 0;
  while (after < most - before && text.at(-1 - after) === other.at(-1 - after)) after += 1;
  const end = text.length - after;
  if (end === before) return <>{text}</>;
  return (
    <>
      {text.slice(0, before)}
      <span class="marked">{text.slice(before, end)}</span>
      {text.slice(end)}
    </>
  );
}
