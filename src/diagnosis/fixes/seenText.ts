/** Control characters, characters without a shape, line separators, blanks other than the space, unassigned ones. */
const unseen = /(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u;

const plain = /^[\x20-\x7e]*$/;

/** True for a text that a person can see whole: what an answer says is copied or written nowhere otherwise. */
export function isSeen(text: string): boolean {
  return plain.test(text) || !unseen.test(text);
}
