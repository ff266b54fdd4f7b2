/** The major version of PostgreSQL whose data is in this folder, from its path: 18 of /var/lib/postgresql/18/docker. */
export function readMajor(data: string): string {
  return /\d+(?=\/docker$)/.exec(data)?.[0] ?? ''
}
