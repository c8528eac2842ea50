import type { Convention } from '@pass/contracts/conventions.ts'
import { whyNotOrder } from '@pass/domain/conventions.ts'
import { quoteCommande, quoteInWords } from '@pass/domain/commandes.ts'
import { euros } from '@pass/domain/money.ts'
import { today } from '@pass/web/session.tsx'
import { DefinitionList } from '@pass/web/ui/definition-list.tsx'

type Props = { convention: Convention; quantite: number }

const quoteOf = ({ convention, quantite, tvaBp = 0 }: Props & { tvaBp?: number }) =>
  quoteCommande({
    quantite,
    carnetTaille: convention.carnetTaille,
    valeurFacialeCentimes: convention.valeurFacialeCentimes,
    fraisBp: convention.fraisAmontBp,
    tvaBp,
  })

/** Why this many carnets cannot be ordered on this convention today. */
export const orderReason = ({ convention, quantite }: Props): string | null =>
  whyNotOrder(convention, convention.commandeCentimes ?? 0, quoteOf({ convention, quantite }).montantFacialCentimes, today())?.message ??
  null

/** Carnets, pass and euros together at each key, then what it costs and what the convention still allows (ux.md A8). */
export const OrderSummary = ({ convention, quantite, tvaBp }: Props & { tvaBp: number }) => {
  const quote = quoteOf({ convention, quantite, tvaBp })
  const reste = convention.montantCentimes - (convention.commandeCentimes ?? 0)
  const apres = reste - quote.montantFacialCentimes
  return (
    <div className="carte">
      <p role="status" className="fort">
        {quoteInWords({ quantite, carnetTaille: convention.carnetTaille, valeurFacialeCentimes: convention.valeurFacialeCentimes })}
      </p>
      <DefinitionList
        items={[
          { terme: 'Valeur des pass', valeur: euros(quote.montantFacialCentimes) },
          { terme: 'Frais de l’opérateur', valeur: euros(quote.fraisHtCentimes) },
          { terme: 'TVA sur les frais', valeur: euros(quote.tvaCentimes) },
          { terme: 'Total à payer', valeur: euros(quote.totalTtcCentimes) },
          { terme: 'Reste sur la convention', valeur: euros(Math.max(0, reste)) },
          ...(apres >= 0 ? [{ terme: 'Reste après cette commande', valeur: euros(apres) }] : []),
        ]}
      />
    </div>
  )
}
