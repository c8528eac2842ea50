import { type Commande, commandeRoutes } from '@pass/contracts/commandes.ts'
import { factureRoutes } from '@pass/contracts/factures.ts'
import { productionRoutes } from '@pass/contracts/production.ts'
import { quoteInWords } from '@pass/domain/commandes.ts'
import { whyNotMandate } from '@pass/domain/encaissements.ts'
import { apiQuery, fileUrl, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { CommandeAmounts } from '@pass/web/modules/commandes/commande-amounts.tsx'
import { CommandeBadge } from '@pass/web/modules/commandes/commande-badge.tsx'
import { ActivationsTable, EncaissementsTable } from '@pass/web/modules/commandes/commande-money.tsx'
import { CommandeTimeline } from '@pass/web/modules/commandes/commande-timeline.tsx'
import { TachesCard } from '@pass/web/modules/production/taches-card.tsx'
import { EcheanceNotice } from '@pass/web/modules/commandes/echeance.tsx'
import { FacturesCard } from '@pass/web/modules/factures/factures-card.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { FileLink } from '@pass/web/ui/file-link.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Sheet } from '@pass/web/ui/sheet.tsx'
import { useState } from 'react'
import { Link, type LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'
import type { ActProps, Said } from '../widgets/act.ts'
import { SaidNotice } from '../widgets/said-notice.tsx'
import { ActivationCard } from '../widgets/activation-card.tsx'
import { DevisCard } from '../widgets/devis-card.tsx'
import { EncaissementCard } from '../widgets/encaissement-card.tsx'
import { CloseCard, CreditCard, IssueFacture } from '../widgets/facture-acts.tsx'
import { MaquetteCard } from '../widgets/maquette-card.tsx'
import { DressCard } from '../widgets/dress-card.tsx'
import { PackCard } from '../widgets/pack-card.tsx'
import { PrintCard } from '../widgets/print-card.tsx'
import { ReclamationsCard } from '../widgets/reclamations-card.tsx'
import { ProductionCard, ProgressCard, ShipCard } from '../widgets/production-card.tsx'
import { WaitingCard } from '../widgets/waiting-card.tsx'

export const loader = ({ params }: LoaderFunctionArgs) => {
  const { commandeId } = paramsOf(commandeRoutes.getCommande, params)
  return warm({
    commande: apiQuery(commandeRoutes.getCommande, { params: { commandeId } }),
    factures: apiQuery(factureRoutes.listFactures, { query: { commandeId } }),
    production: apiQuery(productionRoutes.getProduction, { params: { commandeId } }),
  })
}

/** What this statut calls for, the next act first. */
const NextAct = (props: ActProps) => {
  const { commande } = props
  switch (commande.statut) {
    case 'brouillon':
      return <DevisCard {...props} />
    case 'signee':
    case 'maquette_refusee':
      return (
        <>
          <DressCard {...props} />
          <MaquetteCard {...props} />
        </>
      )
    case 'maquette_validee':
      return <ProductionCard {...props} />
    case 'en_production':
      return (
        <>
          <ProgressCard commande={commande} />
          <PrintCard commande={commande} />
          <PackCard commande={commande} />
          <ShipCard {...props} />
        </>
      )
    case 'livree':
    case 'close':
      return (
        <>
          <TachesCard commandeId={commande.id} />
          <ReclamationsCard {...props} />
          <ActivationCard key={`${commande.carnetsActivables} ${commande.fondsCentimes}`} {...props} />
        </>
      )
    default:
      return (
        <>
          <TachesCard commandeId={commande.id} />
          <WaitingCard commande={commande} />
        </>
      )
  }
}

/** A signed order: money is owed for it. */
const isOwed = ({ statut }: Commande): boolean => whyNotMandate({ statut }) === null
const isPrintedAgain = ({ statut }: Commande): boolean => statut === 'expediee' || statut === 'livree'

const Details = ({ commande }: { commande: Commande }) => (
  <>
    {commande.encaissements.length > 0 && (
      <section className="pile" aria-labelledby="virements">
        <h2 id="virements">Virements reçus</h2>
        <EncaissementsTable encaissements={commande.encaissements} />
      </section>
    )}
    {commande.activations.length > 0 && (
      <section className="pile" aria-labelledby="activations">
        <h2 id="activations">Activations</h2>
        <ActivationsTable activations={commande.activations} />
      </section>
    )}
  </>
)

const Later = (props: ActProps) => (
  <>
    <EncaissementCard {...props} />
    {isPrintedAgain(props.commande) && <PrintCard commande={props.commande} />}
    <CloseCard {...props} />
    <CreditCard {...props} />
  </>
)

const linksOf = ({ id: commandeId, lot }: Commande) =>
  lot ? [{ terme: 'Carnets', valeur: <Link to={paths.carnets({ commandeId })}>Voir les carnets de cette commande</Link> }] : []

export const Component = () => {
  const { commande, factures } = useWarmed<typeof loader>()
  const [said, setSaid] = useState<Said | null>(null)
  const { id: commandeId, convention, collectivite } = commande
  const acts = { commande, onDone: setSaid }
  const devis = <FileLink href={fileUrl(commandeRoutes.drawDevis, { params: { commandeId } })} nom="Devis" type="PDF" />
  const bon = <FileLink href={fileUrl(factureRoutes.drawBonDeCommande, { params: { commandeId } })} nom="Bon de commande" type="PDF" />
  return (
    <Page
      titre={`Commande ${commande.reference}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.commandes(), label: 'Commandes' },
      ]}
      intro={
        <>
          {quoteInWords(commande)}. {collectivite.nom}, convention{' '}
          <Link to={paths.convention({ conventionId: convention.id })}>{convention.nom}</Link>
        </>
      }
      badge={<CommandeBadge statut={commande.statut} />}
    >
      <SaidNotice said={said} />
      <EcheanceNotice commande={commande} />
      <Sheet
        agir={<NextAct {...acts} />}
        corps={
          <>
            <Card titre="Étapes">
              <CommandeTimeline commande={commande} documents={{ devis, signature: bon }} />
            </Card>
            <Card titre="Montants et références">
              <CommandeAmounts commande={commande} autres={linksOf(commande)} />
            </Card>
            {isOwed(commande) && (
              <FacturesCard factures={factures.items} to={(factureId) => paths.facture({ factureId })}>
                <IssueFacture {...acts} />
              </FacturesCard>
            )}
          </>
        }
        suite={isOwed(commande) && <Later {...acts} />}
      />
      <Details commande={commande} />
    </Page>
  )
}
