/** Runs the task when no tab of this browser runs another of the same name. */
export function inTurn<T>(name: string, task: () => Promise<T>): Promise<T> {
  // Browsers offer locks to pages of secure origins only; a phone that looks at a development server is on none.
  return 'locks' in navigator ? navigator.locks.request(`finity.${name}`, task) : task()
}
