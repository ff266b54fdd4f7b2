/** Puts text where the caret is, as if it had been typed there, on lines of its own. */
export function insertParagraph(field: HTMLTextAreaElement, paragraph: string) {
  const { value, selectionStart: start, selectionEnd: end } = field
  const before = start === 0 || value.slice(0, start).endsWith('\n\n') ? '' : '\n\n'
  const after = value.slice(end).startsWith('\n') ? '' : '\n'
  field.setRangeText(before + paragraph + after, start, end, 'end')
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
  field.focus()
}
