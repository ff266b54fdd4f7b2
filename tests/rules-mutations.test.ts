import { afterAll, describe, expect, test } from 'vitest'
import { judge, rules } from './support/rules.ts'
import { gather } from './support/rules-gather.ts'
import { buildImages, marker, mutations, start } from './support/rules-mutations.ts'
import { docker } from './support/stack.ts'

// "db" is a service that needs nobody, so that nobody need be there.
const built = await buildImages()
const started = [{ rules: [] }, ...Object.values(mutations)].map((mutation) => start(mutation, built))
const subjects = (await Promise.all(started)).map((id) => ({ service: 'db', isJob: false, id }))
const [sound, ...mutated] = await gather(subjects, { marker })

afterAll(() => {
  docker('rm', '--force', '--volumes', ...subjects.map(({ id }) => id))
  docker('image', 'rm', '--force', ...new Set(Object.values(built)))
})

test('a container that keeps all rules breaks none', () => {
  expect(sound && judge(sound)).toEqual([])
})

describe('exactly the rule against it finds', () => {
  test.each(
    Object.entries(mutations).map(([name, { rules: expected }], index) => ({ name, expected, index })),
  )('$name', ({ expected, index }) => {
    const facts = mutated[index]

    expect(facts && judge(facts).map(([rule]) => rule)).toEqual(expected)
  })
})

test('a container without AppArmor is found where the host has it', () => {
  const facts = mutated[Object.keys(mutations).indexOf('every privilege')]

  expect(facts && rules['is confined by AppArmor']({ ...facts, hasAppArmor: true })).not.toEqual([])
})

test('every rule has what breaks it', () => {
  const broken = new Set(Object.values(mutations).flatMap(({ rules: names }) => names))

  const unbroken = Object.keys(rules).filter((rule) => !broken.has(rule as never))

  expect(unbroken).toEqual(['is confined by AppArmor'])
})
