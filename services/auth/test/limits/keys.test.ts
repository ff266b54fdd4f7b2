import { describe, expect, test } from 'vitest'
import { accountKey } from '../../src/limits/account-key.ts'
import { addressKey } from '../../src/limits/address-key.ts'

describe('attempts are counted by', () => {
  test.each([
    ['an IPv4 address', '203.0.113.7', '203.0.113.7'],
    ['the IPv4 address in an IPv6 one', '::ffff:203.0.113.7', '203.0.113.7'],
    ['the same in hexadecimal', '::FFFF:cb00:7107', '203.0.113.7'],
    ['the /64 network of an IPv6 address', '2001:db8::1', '2001:db8:0:0::/64'],
    ['the same network, spelled out', '2001:0DB8:0:0:ffff::2', '2001:db8:0:0::/64'],
    ['another network of the same site', '2001:db8:0:1::1', '2001:db8:0:1::/64'],
    ['an address without its zone', 'fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['the loopback network', '::1', '0:0:0:0::/64'],
    ['an address without zeros', '1:2:3:4:5:6:7:8', '1:2:3:4::/64'],
    ['whatever else stands there', 'unknown', 'unknown'],
  ])('%s', (_, ip, key) => {
    expect(addressKey(ip)).toBe(key)
  })

  test('the same key for an account in every spelling of its address, which nobody can read in it', () => {
    const key = accountKey('ada@example.com')

    const spelled = accountKey(' Ada@Example.COM ')

    expect(spelled).toBe(key)
    expect(key).toMatch(/^[\w-]{43}$/)
    expect(accountKey('bob@example.com')).not.toBe(key)
  })
})
