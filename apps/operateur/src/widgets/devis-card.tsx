import { commandeRoutes } from '@pass/contracts/commandes.ts'
import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { fraisRoutes } from '@pass/contracts/frais.ts'
import { quoteCommande, quoteInWords, whyNotCommande } from '@pass/domain/commandes.ts'
import { percent } from '@pass/domain/money.ts'
import { useApiMutation, useApiQuery } from '@pass/web/api.ts'
import { Button, ButtonRow } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { DefinitionList } from '@pass/web/ui/definition-list.tsx'
import { RefusalNotice } from '@pass/web/ui/notice.tsx'
import { Euros } from '@pass/web/ui/values.tsx'
import { FileText } from 'lucide-react'
import { type ActProps, COMMANDE_READS } from './act.ts'
import { useRoleReason } from './role-reason.ts'

/** What the devis will say: the fees at the rate of the convention, the VAT on the fees alone. Nothing is fixed before. */
const Amounts = ({ commande }: Pick<ActProps, 'commande'>) => {
  const { data: convention } = useApiQuery(conventionRoutes.getConvention, { params: { conventionId: commande.convention.id } })
  const { data: frais } = useApiQuery(fraisRoutes.listFrais, {})
  const inForce = frais?.items.find(({ enVigueur }) => enVigueur)
  if (!convention || !inForce) return null
  const rates = { fraisBp: convention.fraisAmontBp, tvaBp: inForce.tvaBp }
  const quote = quoteCommande({ ...commande, ...rates })
  return (
    <DefinitionList
      items={[
        { terme: 'Valeur des pass', valeur: <Euros centimes={quote.montantFacialCentimes} /> },
        { terme: `Frais (${percent(rates.fraisBp)})`, valeur: <Euros centimes={quote.fraisHtCentimes} /> },
        { terme: `TVA sur les frais (${percent(rates.tvaBp)})`, valeur: <Euros centimes={quote.tvaCentimes} /> },
        { terme: 'Total du devis', valeur: <Euros centimes={quote.totalTtcCentimes} /> },
      ]}
    />
  )
}

/** The amounts of the devis, before it is sent to who asked for it. */
export const DevisCard = ({ commande, onDone }: ActProps) => {
  const reasonOf = useRoleReason()
  const go = useApiMutation(commandeRoutes.quoteCommande, {
    invalidates: COMMANDE_READS,
    onSuccess: () => onDone({ titre: 'Devis établi.', suite: `${commande.collectivite.nom} peut maintenant le signer.` }),
  })
  return (
    <Card titre="Établir le devis">
      <p>{quoteInWords(commande)}</p>
      <Amounts commande={commande} />
      <RefusalNotice error={go.error} />
      <ButtonRow>
        <Button
          icon={FileText}
          pending={go.isPending}
          disabledReason={reasonOf('commande:produce') ?? whyNotCommande('quote', { ...commande, lots: [commande] })?.message ?? null}
          onClick={() => go.mutate({ params: { commandeId: commande.id } })}
        >
          Établir le devis
        </Button>
      </ButtonRow>
    </Card>
  )
}
