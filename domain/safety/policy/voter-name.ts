/** `open-nsfw@1` is version `1` of `open-nsfw`: policies speak of names, scales of versions. */
export function nameAndVersion(id: string): { readonly name: string; readonly version: string } {
  const at = id.indexOf('@');
  return at < 0 ? { name: id, version: '' } : { name: id.slice(0, at), version: id.slice(at + 1) };
}
