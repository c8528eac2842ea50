import { commandeRoutes } from '@pass/contracts/commandes.ts'
import { factureRoutes } from '@pass/contracts/factures.ts'
import { productionRoutes } from '@pass/contracts/production.ts'
import { quoteInWords } from '@pass/domain/commandes.ts'
import { apiQuery, fileUrl, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { CommandeAmounts } from '@pass/web/modules/commandes/commande-amounts.tsx'
import { CommandeBadge } from '@pass/web/modules/commandes/commande-badge.tsx'
import { ActivationsTable, EncaissementsTable } from '@pass/web/modules/commandes/commande-money.tsx'
import { CommandeTimeline } from '@pass/web/modules/commandes/commande-timeline.tsx'
import { EcheanceNotice } from '@pass/web/modules/commandes/echeance.tsx'
import { FacturesCard } from '@pass/web/modules/factures/factures-card.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { FileLink } from '@pass/web/ui/file-link.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Sheet } from '@pass/web/ui/sheet.tsx'
import { useState } from 'react'
import { Link, type LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'
import { ActivationPanel } from '../widgets/activation-panel.tsx'
import { CancelCommande } from '../widgets/cancel-commande.tsx'
import { CommandeActs } from '../widgets/commande-acts.tsx'
import { MandatPanel } from '../widgets/mandat-panel.tsx'
import { ReferencesCard } from '../widgets/references-card.tsx'

export const loader = ({ params }: LoaderFunctionArgs) => {
  const { commandeId } = paramsOf(commandeRoutes.getCommande, params)
  return warm({
    commande: apiQuery(commandeRoutes.getCommande, { params: { commandeId } }),
    factures: apiQuery(factureRoutes.listFactures, { query: { commandeId } }),
    facturation: apiQuery(factureRoutes.getFacturation, {}),
    production: apiQuery(productionRoutes.getProduction, { params: { commandeId } }),
  })
}

const FIL = [
  { to: paths.accueil(), label: 'Accueil' },
  { to: paths.commandes(), label: 'Commandes' },
]

export const Component = () => {
  const { commande, factures, facturation } = useWarmed<typeof loader>()
  const [done, setDone] = useState<string | null>(null)
  const { id: commandeId, convention, statut } = commande
  const devis = <FileLink href={fileUrl(commandeRoutes.drawDevis, { params: { commandeId } })} nom="Devis" type="PDF" />
  const bon = <FileLink href={fileUrl(factureRoutes.drawBonDeCommande, { params: { commandeId } })} nom="Bon de commande" type="PDF" />
  const links = [
    { terme: 'Convention', valeur: <Link to={paths.convention({ conventionId: convention.id })}>{convention.nom}</Link> },
    ...(commande.lot
      ? [{ terme: 'Carnets', valeur: <Link to={paths.carnets({ commandeId })}>Voir les carnets de cette commande</Link> }]
      : []),
  ]
  return (
    <Page
      titre={`Commande ${commande.reference}`}
      fil={FIL}
      intro={quoteInWords(commande)}
      badge={<CommandeBadge statut={statut} />}
      fait={done}
    >
      <EcheanceNotice commande={commande} />
      <Sheet
        agir={<CommandeActs commande={commande} onDone={setDone} />}
        corps={
          <>
            <Card titre="Étapes">
              <CommandeTimeline commande={commande} documents={{ devis, signature: bon }} />
            </Card>
            <Card titre="Montants et références">
              <CommandeAmounts commande={commande} autres={links} />
              {statut !== 'brouillon' && <p>{devis}</p>}
            </Card>
            {statut !== 'annulee' || factures.items.length > 0 ? (
              <FacturesCard factures={factures.items} to={(factureId) => paths.facture({ factureId })} />
            ) : null}
          </>
        }
        suite={
          <>
            <MandatPanel commande={commande} onDone={setDone} />
            <ReferencesCard
              key={`${commande.numeroEngagement} ${commande.codeService}`}
              commande={commande}
              facturation={facturation}
              onDone={setDone}
            />
            <ActivationPanel commande={commande} />
            <CancelCommande commande={commande} onDone={setDone} />
          </>
        }
      />
      <h2>Fonds reçus</h2>
      <EncaissementsTable encaissements={commande.encaissements} />
      <h2>Activations</h2>
      <ActivationsTable activations={commande.activations} />
    </Page>
  )
}
