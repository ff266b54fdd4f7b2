/** How a text begins, without the marks of Markdown: good enough for one line, at no cost. */
export function plainExcerpt(excerpt: string): string {
  return excerpt
    .replaceAll(/!?\[([^\]]*)\]\([^)\s]*\)?/g, '$1')
    .replaceAll(/(?<=^|\s)(#{1,6}|[-*+>]|\d+[.)]|\[[ x]\]|\|?[-:|]{3,}\|?)(?=\s|$)/g, '')
    .replaceAll(/\*\*|~~|`+|(?<=^|\s)\|(?=\s|$)/g, '')
    .replaceAll(/(?<![\p{L}\p{N}])[*_](?=\S)|(?<=\S)[*_](?![\p{L}\p{N}])/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
