import { expect, test } from 'vitest'
import { ATELIER_STATUTS, atelierMachine } from './ateliers.ts'
import { ATTRIBUTION_STATUTS, attributionMachine } from './attributions.ts'
import { BORDEREAU_STATUTS, bordereauMachine } from './bordereaux.ts'
import { CARNET_STATUTS, carnetMachine } from './carnets.ts'
import { COMMANDE_STATUTS, commandeMachine } from './commandes.ts'
import { CONVENTION_STATUTS, conventionMachine } from './conventions.ts'
import { STRUCTURE_STATUTS, structureMachine } from './lieux.ts'
import { allows, next, type Machine } from './machine.ts'

const MACHINES: [string, Machine<string>, readonly string[]][] = [
  ['atelier', atelierMachine, ATELIER_STATUTS],
  ['attribution', attributionMachine, ATTRIBUTION_STATUTS],
  ['bordereau', bordereauMachine, BORDEREAU_STATUTS],
  ['carnet', carnetMachine, CARNET_STATUTS],
  ['commande', commandeMachine, COMMANDE_STATUTS],
  ['convention', conventionMachine, CONVENTION_STATUTS],
  ['structure', structureMachine, STRUCTURE_STATUTS],
]
test.each(MACHINES)('every statut of a %s is reached from its first one', (_, machine, statuts) => {
  const reached = new Set([statuts[0]!])
  for (let size = 0; size !== reached.size;) {
    size = reached.size
    for (const { from, to } of Object.values(machine)) if (from.some((statut) => reached.has(statut))) reached.add(to)
  }
  expect([...reached].toSorted()).toEqual([...statuts].toSorted())
})
test('an action starts from the statuts of its row and leads to one', () => {
  expect([allows(conventionMachine, 'sign', 'brouillon'), allows(conventionMachine, 'sign', 'signee')]).toEqual([true, false])
  const to: 'signee' = next(conventionMachine, 'sign')
  expect(to).toBe('signee')
})
