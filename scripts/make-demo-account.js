// Makes the demo account and its first document through the web port, as a person would. A second run changes nothing.
const base = process.env.BASE_URL
const account = { email: 'demo@example.com', password: 'development-only' }

async function send(path, options) {
  const response = await fetch(new URL(path, base), options)
  const body = response.status === 204 ? undefined : await response.json()
  if (!response.ok && body?.detail !== 'REGISTER_USER_ALREADY_EXISTS') {
    throw new Error(`${options.method} ${path} answered ${response.status}: ${JSON.stringify(body)}`)
  }
  return body
}

const json = { 'content-type': 'application/json' }
await send('/auth/register', { method: 'POST', headers: json, body: JSON.stringify(account) })

const form = new URLSearchParams({ username: account.email, password: account.password })
const { access_token: token } = await send('/auth/jwt/login', { method: 'POST', body: form })
const headers = { ...json, authorization: `Bearer ${token}` }

const { items } = await send('/api/documents?limit=1', { method: 'GET', headers })
if (items.length === 0) {
  const welcome = {
    title: 'Welcome to Finity',
    content: '# Welcome\n\nThis document is yours: edit it, delete it, or write the next one.\n',
  }
  await send('/api/documents', { method: 'POST', headers, body: JSON.stringify(welcome) })
}
