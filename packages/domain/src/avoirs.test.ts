import { expect, test } from 'vitest'
import { whyNotCrediter } from './avoirs.ts'

test('an avoir gives something back: without anything withheld there is none', () => {
  expect(whyNotCrediter({ retenues: 1 })).toBeNull()
  expect(whyNotCrediter({ retenues: 0 })).toMatchObject({ code: 'avoir_vide', message: expect.stringContaining('transmis à la banque') })
})
