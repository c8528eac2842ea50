import type { Mutant } from './catalogue.ts'

const WALKS = 'apps/api/test/walks'
const RELEASE = 'apps/api/src/modules/remboursements/release-bordereau.test.ts'

/** Who may, and whose rows: one droit and one policy at a time. */
export const RIGHTS: readonly Mutant[] = [
  {
    name: 'the preparer may release',
    source: {
      file: 'packages/domain/src/droits.ts',
      from: "'bordereau:release': ['operateur.finance_emetteur']",
      to: "'bordereau:release': ['operateur.finance_emetteur', 'operateur.finance_preparateur']",
    },
    tests: [RELEASE],
  },
  {
    name: 'who prepared approves',
    source: { file: 'packages/domain/src/bordereaux.ts', from: '    [actors.arretePar, actors.controlePar],', to: '    [],' },
    tests: [RELEASE, 'packages/domain/src/bordereaux.test.ts'],
  },
  {
    name: 'a structure reads the uses of every other',
    statement: 'alter policy as_structure on redemption using (true)',
    tests: [`${WALKS}/reach.test.ts`],
  },
  {
    name: 'a collectivité reads the transfers of every other',
    statement: 'alter policy as_collectivite on transfer using (true)',
    tests: [`${WALKS}/reach.test.ts`],
  },
  {
    name: 'a financeur reads the share of every other',
    statement: 'alter policy as_financeur on partage_part using (true)',
    tests: [`${WALKS}/reach.test.ts`],
  },
]
