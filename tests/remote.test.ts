import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  elsewhere,
  fromElsewhere,
  idsOnServer,
  imagesOnServer,
  isLocked,
  network,
  removeServer,
  secretsOnServer,
  startServer,
  writeSettings,
} from './support/elsewhere.ts'
import { makeRelease, released, tagImages } from './support/releases.ts'
import { docker, until } from './support/stack.ts'

const secretsThere = `SECRETS_DIR=${secretsOnServer}`

beforeAll(async () => {
  tagImages('v1')
  await startServer()
  const { code, output, seconds } = await fromElsewhere('sh scripts/deploy.sh v1')
  if (code !== 0) throw new Error(output)
  console.info(`First deploy over SSH: ${seconds} s`)
}, 300_000)

afterAll(removeServer)

describe('from elsewhere, over SSH', () => {
  test('a release reaches the server, with neither an engine nor a secret here', async () => {
    makeRelease('far')

    const { code, output, seconds } = await fromElsewhere(
      'test ! -e secrets; test ! -e /var/run/docker.sock; sh scripts/deploy.sh far',
    )

    console.info(`Deploy over SSH: ${seconds} s`)
    expect(code, output).toBe(0)
    expect(imagesOnServer()).toEqual(released('far'))
  }, 300_000)

  test('a rollback brings the release before back', async () => {
    makeRelease('regretted')
    await fromElsewhere('sh scripts/deploy.sh far')
    await fromElsewhere('sh scripts/deploy.sh regretted')

    const { code, output } = await fromElsewhere('sh scripts/rollback.sh')

    expect(code, output).toBe(0)
    expect(imagesOnServer()).toEqual(released('far'))
  }, 300_000)

  test('the log tells who released what', async () => {
    const { output } = await fromElsewhere('sh scripts/deploy.sh --log; echo "of $(id -un)@$(hostname)"')

    const [, who] = /of (\S+)/.exec(output) as unknown as [string, string]
    expect(output).toMatch(new RegExp(`deploy +v1 +completed +\\d+ s +${who}`))
  })

  test('the doctor finds the server well', async () => {
    const { code, output } = await fromElsewhere('sh scripts/doctor.sh')

    expect(code, output).toBe(0)
    expect(output).toMatch(/✓ disk .*on the engine's host[\s\S]*✓ secrets .*on the engine's host/)
  })

  test.each([
    [
      'a folder of secrets that is not there',
      [`SECRETS_DIR=${secretsOnServer}/none`],
      'SECRETS_DIR in .env names it',
    ],
    ['no folder of secrets', [], 'SECRETS_DIR in .env names it'],
    [
      'a CA that is here and not there',
      [secretsThere, 'ACME_CA_FILE=/app/README.md'],
      'not exist: /app/README.md',
    ],
  ])('a deploy with %s changes nothing, and says so', async (_, lines, sentence) => {
    const before = idsOnServer()
    await writeSettings(...lines)

    const { code, output } = await fromElsewhere('sh scripts/deploy.sh v1').finally(() =>
      writeSettings(secretsThere),
    )

    expect(code).toBe(1)
    expect(output).toContain(sentence)
    expect(idsOnServer()).toEqual(before)
  })

  test.each([
    'rotate.sh database',
    'secrets.sh',
  ])('%s is refused, since the secrets are there', async (verb) => {
    const { code, output } = await fromElsewhere(`sh scripts/${verb}`)

    expect(code).toBe(1)
    expect(output).toContain("on the engine's host, and this is another")
  })

  test.each([
    ['this machine dies', () => docker('restart', '-t', '0', elsewhere)],
    ['the line is cut', () => docker('network', 'disconnect', network, elsewhere)],
  ])(
    'a deploy leaves no lock when %s, and the next one completes it',
    async (how, cut) => {
      const tag = how.replaceAll(' ', '-')
      makeRelease(tag)
      const interrupted = fromElsewhere(`sh scripts/deploy.sh ${tag}`)
      await until(async () => imagesOnServer()[0]?.includes(`:${tag}`) === true, 120_000)

      cut()
      await until(async () => !isLocked(), 60_000)
      if (how === 'the line is cut') docker('network', 'connect', network, elsewhere)
      const first = await interrupted
      const { code, output } = await fromElsewhere(`sh scripts/deploy.sh ${tag}`)

      expect(first.code, first.output).not.toBe(0)
      expect(code, output).toBe(0)
      expect(imagesOnServer()).toEqual(released(tag))
    },
    300_000,
  )
})
