import type { Entonnoir } from '@pass/contracts/pilotage.ts'
import type { AccountNature } from '@pass/domain/comptes.ts'
import { euros } from '@pass/domain/money.ts'
import { KeyFigures } from '../../ui/key-figures.tsx'

type Props = Pick<Entonnoir, 'argent'> & {
  /** The lines of the ledger behind an amount. */
  to?: (nature: AccountNature) => string | undefined
}

const FIGURES: readonly { cle: keyof Entonnoir['argent']; nature: AccountNature; titre: string; detail: string }[] = [
  { cle: 'fonds', nature: 'fonds', titre: 'Fonds reçus', detail: 'pas encore activés' },
  { cle: 'circulation', nature: 'circulation', titre: 'En circulation', detail: 'pass activés, pas encore utilisés' },
  { cle: 'du', nature: 'du', titre: 'Dû aux structures', detail: 'pass utilisés, à payer' },
  { cle: 'enPaiement', nature: 'en_paiement', titre: 'En cours de paiement', detail: 'virements transmis à la banque' },
  { cle: 'paye', nature: 'paye', titre: 'Payé aux structures', detail: 'virements exécutés' },
]

/** Where the money is, by account of the ledger. */
export const ArgentFigures = ({ argent, to }: Props) => (
  <KeyFigures
    items={FIGURES.map(({ cle, nature, titre, detail }) => {
      const link = to?.(nature)
      return { titre, valeur: euros(argent[cle]), detail, ...(link && { to: link }) }
    })}
  />
)
