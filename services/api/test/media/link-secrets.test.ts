import { expect, test } from 'vitest'
import { createLinkSigner } from '../../src/media/sign-links.ts'

const link = { path: '/api/media/1/content', session: 'a session', expires: '1900000000' }
const signedWith = (...secrets: [string, ...string[]]) =>
  createLinkSigner(() => secrets).sign(link.path, link.session, link.expires)
const isTakenBy = (signature: string, ...secrets: [string, ...string[]]) =>
  createLinkSigner(() => secrets).isSigned(link.path, { ...link, signature })

test('a link is good until its secret is replaced twice', () => {
  const signature = signedWith('the first')

  const taken = [
    isTakenBy(signature, 'the second', 'the first'),
    isTakenBy(signature, 'the third', 'the second'),
  ]

  expect(taken).toEqual([true, false])
})

test('a new link is signed with the new secret', () => {
  const signature = signedWith('the second', 'the first')

  const taken = [isTakenBy(signature, 'the second'), isTakenBy(signature, 'the first')]

  expect(taken).toEqual([true, false])
})
