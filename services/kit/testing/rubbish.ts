import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'

/** JSON texts that no field of a body should fall over. */
export const jsonValues: Record<string, string> = {
  null: 'null',
  true: 'true',
  zero: '0',
  'a negative number': '-1',
  'a fraction': '0.1',
  'an infinite number': '1e999',
  'a number of 400 digits': '9'.repeat(400),
  'empty text': '""',
  spaces: '"   "',
  'a number as text': '"1"',
  'a NUL': String.raw`"a\u0000b"`,
  'the first half of a surrogate pair': String.raw`"\ud800"`,
  'the second half of a surrogate pair': String.raw`"a\udc00b"`,
  'a line break and a header': String.raw`"a\r\nSet-Cookie: x=1"`,
  'text in two directions': '"\u202eabc\u2066"',
  'an emoji of many parts': `"${'👩‍👩‍👧‍👦'.repeat(300)}"`,
  '90 kB of text': `"${'x'.repeat(90_000)}"`,
  '90 kB of what an address begins with': `"${'a.'.repeat(45_000)}@"`,
  '90 kB of a domain': `"a@${'a-'.repeat(45_000)}"`,
  SQL: `"' or 1=1; --"`,
  markup: '"<img src=x onerror=alert(1)>"',
  'a template': '"{{7*7}} #{7*7} <%= 7*7 %>"',
  'a path': '"../../../../etc/passwd"',
  'an empty list': '[]',
  'a list of lists': '[[[1]]]',
  'an empty object': '{}',
  'a list of depth 10,000': '['.repeat(10_000) + ']'.repeat(10_000),
  'an object with a prototype': '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}',
}

/** Fields that nobody declared, as they stand in a JSON object. */
export const extraFields: Record<string, string> = {
  'a prototype': '"__proto__":{"is_superuser":true}',
  'a constructor': '"constructor":{"prototype":{"is_superuser":true}}',
  'the name of a method': '"toString":1,"hasOwnProperty":1,"valueOf":null',
  'an empty name': '"":""',
  'a NUL in a name': String.raw`"a\u0000b":1`,
  'half a surrogate pair in a name': String.raw`"\ud800":1`,
  'a long name': `"${'x'.repeat(10_000)}":1`,
  '1,000 names': Array.from({ length: 1_000 }, (_, index) => `"x${index}":1`).join(),
}

/** Whole bodies of JSON, or of what says that it is. */
export const jsonBodies: Record<string, string | Uint8Array> = {
  nothing: '',
  spaces: '   ',
  null: 'null',
  true: 'true',
  'a number': '1',
  text: '"text"',
  'an empty list': '[]',
  'an empty object': '{}',
  'an infinite number': '1e999',
  'half an object': '{"a":',
  'two objects': '{}{}',
  'a comment': '{/* */}',
  'a trailing comma': '{"a":1,}',
  NaN: '{"a":NaN}',
  'a byte order mark': '\ufeff{}',
  'invalid UTF-8': Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  'half a surrogate pair in UTF-8': Buffer.from('{"a":"\xed\xa0\x80"}', 'latin1'),
  'NUL bytes': Buffer.alloc(1_000),
  'a list of depth 10,000': '['.repeat(10_000) + ']'.repeat(10_000),
  'a list of depth 10,000 without an end': '['.repeat(10_000),
  'an object of depth 10,000': '{"a":'.repeat(10_000) + 1 + '}'.repeat(10_000),
}

/** Values of a form, encoded; also of a query. */
export const formValues: Record<string, string> = {
  nothing: '',
  spaces: '++%20',
  'a NUL': 'a%00b',
  'invalid UTF-8': '%ff%fe',
  'half a surrogate pair': '%ed%a0%80',
  'a broken escape': '%zz%',
  'a line break and a header': 'a%0d%0aSet-Cookie:%20x=1',
  'a negative number': '-1',
  'an infinite number': '1e999',
  'a number of 400 digits': '9'.repeat(400),
  null: 'null',
  'a list': '[]',
  SQL: '%27%20or%201=1;--',
  'a path': '..%2f..%2fetc%2fpasswd',
  '5,000 characters': 'x'.repeat(5_000),
  'an emoji': '%F0%9F%98%80',
}

/** Parts of a form or of a query that nobody declared. */
export const extraPairs: Record<string, string> = {
  'an unknown name': 'unknown=1',
  'a prototype': '__proto__=1&__proto__[admin]=1&constructor.prototype.admin=1',
  brackets: 'a[b][c]=1&a[]=2',
  'no name': '=&=1&&',
  'invalid UTF-8': '%ff=%ff',
  '60 names': Array.from({ length: 60 }, (_, index) => `x${index}=1`).join('&'),
  '2,000 names': 'x&'.repeat(2_000),
}

/** Values of a parameter in a path, as they stand there. */
export const pathValues: Record<string, string> = {
  'a word': 'x',
  nothing: '',
  'a NUL': '%00',
  'invalid UTF-8': '%ff',
  'half an escape': '%',
  'a broken escape': '%zz',
  'half a surrogate pair': '%ed%a0%80',
  'a raw byte': 'ÿ',
  'an emoji': '%F0%9F%98%80',
  dots: '..',
  'encoded dots': '%2e%2e',
  'an encoded path': '..%2f..%2fetc%2fpasswd',
  'a prototype': '__proto__',
  SQL: "'%20or%201=1--",
  'a negative number': '-1',
  'the UUID of zeros': '00000000-0000-0000-0000-000000000000',
  'a UUID with a line break': '00000000-0000-4000-8000-000000000000%0a',
  '5,000 characters': 'x'.repeat(5_000),
}

const long = 'x'.repeat(8_000)

/** Headers that any request may come with. The last one is more than Node reads. */
export const oddHeaders: Record<string, Record<string, string | string[]>> = {
  'no token': { authorization: 'Bearer' },
  'an empty token': { authorization: 'Bearer ' },
  'another scheme': { authorization: 'Basic eDp5' },
  'a broken token': { authorization: 'Bearer a.b.c' },
  'an unsigned token': { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.' },
  'a long token': { authorization: `Bearer ${long}` },
  'a token of raw bytes': { authorization: 'Bearer ÿþ' },
  'two tokens': { authorization: ['Bearer a', 'Bearer b'] },
  'broken cookies': { cookie: 'a; =; ;;; =b; "; a="b; __proto__=x; a=%ff' },
  'a forwarded address that is none': { 'x-forwarded-for': ':::, , x y, 999.1.1.1' },
  'many forwarded addresses': { 'x-forwarded-for': Array.from({ length: 500 }, () => '1.1.1.1').join() },
  'a forwarded host': {
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'gopher',
    forwarded: 'for=x',
  },
  'a short request id': { 'x-request-id': 'x' },
  'a long request id': { 'x-request-id': long },
  'a request id of raw bytes': { 'x-request-id': 'ÿ{"level":"fatal"}' },
  'two request ids': { 'x-request-id': ['first-request', 'second-request'] },
  'a page of another site': { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
  'a page of a sibling site': { 'sec-fetch-site': 'same-site' },
  'an unknown relation of sites': { 'sec-fetch-site': 'ÿ' },
  'an opaque origin': { origin: 'null' },
  'an origin that is none': { origin: '://' },
  'another host': { host: 'evil.example:99999' },
  'an empty host': { host: '' },
  'an odd agent': { 'user-agent': `ÿ(((;;;${long}` },
  'an odd language': { 'accept-language': 'ÿ;q=x, *', accept: 'x', 'accept-encoding': 'x;q=y' },
  conditions: { 'if-none-match': '*', 'if-modified-since': 'x', range: 'bytes=-1' },
  'an expectation': { expect: 'x' },
  'a preflight': { origin: 'https://evil.example', 'access-control-request-method': 'DELETE' },
  'another method in a header': { 'x-http-method-override': 'DELETE' },
  'a header that is too long': { 'x-long': 'x'.repeat(20_000) },
}

/** Values of a header that means something to an operation. */
export const headerValues: Record<string, string> = {
  nothing: '',
  'a word': 'x',
  'half a quote': '"',
  'empty quotes': '""',
  'a weak tag': 'W/"x"',
  'a list of nothing': ', ,, ',
  'a list of 1,000 tags': '"x",'.repeat(1_000),
  'a raw byte': 'ÿ',
  'a number of 400 digits': '9'.repeat(400),
  'a digest of nothing': 'sha-256=::',
  'a digest of another kind': 'md5=:AAAA:, sha-256=:!:',
  '5,000 characters': 'x'.repeat(5_000),
}

/** How a body may be sent other than as itself. */
export const oddEncodings: Record<
  string,
  (body: string) => { headers: Record<string, string>; body?: Uint8Array }
> = {
  'no type': () => ({ headers: { 'content-type': '' } }),
  'plain text': () => ({ headers: { 'content-type': 'text/plain' } }),
  'another type': () => ({ headers: { 'content-type': 'multipart/form-data; boundary=x' } }),
  'any type': () => ({ headers: { 'content-type': '*/*' } }),
  'a broken type': () => ({ headers: { 'content-type': 'application/json;;=";charset' } }),
  'UTF-16': (body) => ({
    headers: { 'content-type': 'application/json; charset=utf-16' },
    body: Buffer.from(body, 'utf16le'),
  }),
  'an unknown charset': () => ({ headers: { 'content-type': 'application/json; charset=ÿ' } }),
  gzip: (body) => ({ headers: { 'content-encoding': 'gzip' }, body: gzipSync(body) }),
  deflate: (body) => ({ headers: { 'content-encoding': 'deflate' }, body: deflateSync(body) }),
  brotli: (body) => ({ headers: { 'content-encoding': 'br' }, body: brotliCompressSync(body) }),
  'a compression bomb': () => ({
    headers: { 'content-encoding': 'gzip' },
    body: gzipSync(Buffer.alloc(10_000_000)),
  }),
  'an unknown encoding': () => ({ headers: { 'content-encoding': 'x' } }),
  'chunks without a length': () => ({ headers: { 'transfer-encoding': 'chunked' } }),
}

export const methods = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'NONSENSE',
]
