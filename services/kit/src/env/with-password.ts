/** A URL with this password in it, which may hold any character; as it is when there is none, or no URL. */
export function withPassword(url: string, password: string | undefined): string {
  if (password === undefined || !URL.canParse(url)) return url
  const parsed = new URL(url)
  // The setter leaves a percent sign as it is, so the password is encoded before.
  parsed.password = encodeURIComponent(password)
  return parsed.href
}
