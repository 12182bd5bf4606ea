/** The words of a text in reading order, lower case, in any script. */
export const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}[\p{L}\p{M}\p{N}]*/gu) ?? [];
