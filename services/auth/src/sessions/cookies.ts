import { parseCookie, stringifySetCookie } from 'cookie'
import type { Config } from '../config.ts'

export type Cookies = { refreshToken: string | undefined; deviceToken: string | undefined }

export type CookieJar = {
  refreshName: string
  read: (header: string | undefined) => Cookies
  writeRefreshToken: (token: string) => string
  writeDeviceToken: (token: string) => string
  clearRefreshToken: () => string
}

const yearSeconds = 365 * 24 * 3_600

/**
 * Cookies that scripts cannot read and other sites cannot send. In production they are bound to this very host by the
 * __Host- prefix (RFC 6265bis section 4.1.3.2); development has no TLS, and not every browser takes Secure cookies there.
 */
export function createCookieJar({ isProduction, sessions }: Config): CookieJar {
  const prefix = isProduction ? '__Host-' : ''
  const refreshName = `${prefix}finity-refresh`
  const deviceName = `${prefix}finity-device`
  const write = (name: string, value: string, maxAge: number) =>
    stringifySetCookie({
      name,
      value,
      maxAge,
      path: '/',
      httpOnly: true,
      secure: isProduction,
      sameSite: 'strict',
    })

  return {
    refreshName,
    read(header) {
      const cookies = parseCookie(header ?? '')
      return { refreshToken: cookies[refreshName], deviceToken: cookies[deviceName] }
    },
    writeRefreshToken: (token) => write(refreshName, token, sessions.idleSeconds),
    writeDeviceToken: (token) => write(deviceName, token, yearSeconds),
    clearRefreshToken: () => write(refreshName, '', 0),
  }
}
