/** Where reading and tabbing go on when what had the focus is gone. */
export function focusHeading() {
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
}
