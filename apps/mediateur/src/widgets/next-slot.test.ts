import { expect, test } from 'vitest'
import { nextSlot } from './next-slot.ts'

test('the next full hour, in the zone of the lieu', () => {
  expect(nextSlot(new Date('2026-03-10T08:20:00Z'), 'Europe/Paris')).toEqual({ date: '2026-03-10', debut: '10:00' })
  expect(nextSlot(new Date('2026-03-10T22:59:00Z'), 'Europe/Paris')).toEqual({ date: '2026-03-11', debut: '09:00' })
  expect(nextSlot(new Date('2026-03-10T22:59:00Z'), 'America/Cayenne')).toEqual({ date: '2026-03-10', debut: '20:00' })
})
