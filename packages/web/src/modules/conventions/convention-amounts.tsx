import type { Convention } from '@pass/contracts/conventions.ts'
import { euros, percent } from '@pass/domain/money.ts'
import { type Figure, KeyFigures } from '../../ui/key-figures.tsx'

type Props = {
  convention: Convention
  /** Its commandes, its ledger: where the amounts come from. */
  commandes?: string
  grandLivre?: string
}

const commande = (ordered: number, amount: number, to: string | undefined): Figure[] => [
  {
    titre: 'Commandé',
    valeur: euros(ordered),
    ...(amount > 0 && { detail: `${percent(Math.round((ordered * 100) / amount) * 100)} du montant, brouillons compris` }),
    ...(to && { to }),
  },
  { titre: 'Reste à commander', valeur: euros(Math.max(0, amount - ordered)) },
]

/** What the convention allows, what is ordered, what is received and waits for an activation; less for who sees less. */
export const ConventionAmounts = ({ convention, commandes, grandLivre }: Props) => {
  const { montantCentimes, commandeCentimes, fondsCentimes } = convention
  return (
    <KeyFigures
      items={[
        { titre: 'Montant de la convention', valeur: euros(montantCentimes) },
        ...(commandeCentimes === null ? [] : commande(commandeCentimes, montantCentimes, commandes)),
        ...(fondsCentimes === null
          ? []
          : [{ titre: 'Fonds reçus, pas encore activés', valeur: euros(fondsCentimes), ...(grandLivre && { to: grandLivre }) }]),
      ]}
    />
  )
}
