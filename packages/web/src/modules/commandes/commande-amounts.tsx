import type { Commande } from '@pass/contracts/commandes.ts'
import { formatNumber, percent } from '@pass/domain/money.ts'
import { formatSiret } from '@pass/domain/organisations.ts'
import type { ReactNode } from 'react'
import { DefinitionList } from '../../ui/definition-list.tsx'
import { Plage } from '../carnets/plage.tsx'
import { Euros, Jour } from '../../ui/values.tsx'

type Props = {
  commande: Commande
  /** Facts that only some roles see, after the common ones. */
  autres?: { terme: string; valeur: ReactNode }[]
}

const rate = (bp: number | null): string => (bp === null ? '' : ` (${percent(bp)})`)

const feesOf = (commande: Commande) => [
  { terme: `Frais de l’opérateur${rate(commande.fraisBp)}`, valeur: <Euros centimes={commande.fraisCentimes} /> },
  { terme: `TVA sur les frais${rate(commande.tvaBp)}`, valeur: <Euros centimes={commande.tvaCentimes} /> },
  { terme: 'Total à payer', valeur: <Euros centimes={commande.totalCentimes} /> },
]

/** What the commande costs, its references and its lot. */
export const CommandeAmounts = ({ commande, autres = [] }: Props) => {
  const { lot } = commande
  return (
    <DefinitionList
      items={[
        { terme: 'Valeur des pass', valeur: <Euros centimes={commande.montantCentimes} /> },
        ...(commande.statut === 'brouillon' ? [{ terme: 'Frais et TVA', valeur: 'Fixés par le devis' }] : feesOf(commande)),
        { terme: 'Opérateur', valeur: commande.operateur.nom },
        ...(commande.signataire ? [{ terme: 'Devis signé par', valeur: commande.signataire }] : []),
        ...(commande.numeroMarche ? [{ terme: 'Numéro de marché', valeur: commande.numeroMarche }] : []),
        ...(commande.numeroEngagement ? [{ terme: 'Numéro d’engagement', valeur: commande.numeroEngagement }] : []),
        ...(commande.codeService ? [{ terme: 'Code service', valeur: commande.codeService }] : []),
        ...(commande.siretFacturation ? [{ terme: 'SIRET de facturation', valeur: formatSiret(commande.siretFacturation) }] : []),
        { terme: 'Numéro de mandat', valeur: commande.numeroMandat ?? 'Pas encore indiqué' },
        ...(lot
          ? [
              { terme: 'Numéros des carnets', valeur: <Plage premiere={lot.seriePremiere} derniere={lot.serieDerniere} /> },
              { terme: 'Carnets produits', valeur: `${formatNumber(lot.produits)} sur ${formatNumber(lot.quantite)}` },
              { terme: 'Fin de validité', valeur: <Jour date={lot.dateFin} /> },
            ]
          : []),
        ...autres,
      ]}
    />
  )
}
