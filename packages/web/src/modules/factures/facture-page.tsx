import { type Facture, factureRoutes } from '@pass/contracts/factures.ts'
import { FACTURE_LABELS, FACTURE_NATURE_LABELS } from '@pass/domain/factures.ts'
import { euros, percent, plural, pluralPass } from '@pass/domain/money.ts'
import { formatSiret } from '@pass/domain/organisations.ts'
import { useState } from 'react'
import { Link } from 'react-router'
import { fileUrl } from '../../api.ts'
import { Card } from '../../ui/card.tsx'
import { DefinitionList } from '../../ui/definition-list.tsx'
import { FileLink } from '../../ui/file-link.tsx'
import { Page } from '../../ui/page.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { type Etape, Timeline } from '../../ui/timeline.tsx'
import { Euros, Instant, Jour } from '../../ui/values.tsx'
import { FactureBadge } from './facture-badge.tsx'
import { FactureFollow } from './facture-follow.tsx'

type Props = {
  facture: Facture
  paths: {
    accueil: () => string
    factures: () => string
    facture: (of: { factureId: string }) => string
    commande: (of: { commandeId: string }) => string
  }
}

const linesOf = (facture: Facture) => {
  const { quantite, carnetTaille, valeurFacialeCentimes } = facture
  return [
    {
      terme: `${plural(quantite, 'carnet')} de ${carnetTaille}, soit ${pluralPass(quantite * carnetTaille)} de ${euros(valeurFacialeCentimes)}`,
      valeur: <Euros centimes={facture.montantCentimes} />,
    },
    { terme: `Frais hors taxes (${percent(facture.fraisBp)})`, valeur: <Euros centimes={facture.fraisCentimes} /> },
    { terme: `TVA sur les frais (${percent(facture.tvaBp)})`, valeur: <Euros centimes={facture.tvaCentimes} /> },
    { terme: 'Total', valeur: <Euros centimes={facture.totalCentimes} /> },
  ]
}

const referencesOf = ({ numeroMarche, numeroEngagement, codeService, siretFacturation }: Facture) =>
  [
    { terme: 'Numéro de marché', valeur: numeroMarche },
    { terme: 'Numéro d’engagement', valeur: numeroEngagement },
    { terme: 'Code service', valeur: codeService },
    { terme: 'SIRET de facturation', valeur: siretFacturation && formatSiret(siretFacturation) },
  ].filter(({ valeur }) => valeur !== null)

const REFUSED: readonly string[] = ['a_recycler', 'rejetee', 'suspendue']

const stepsOf = ({ evenements }: Facture): Etape[] =>
  evenements.map(({ id, statut, organisation, acteur, motif, at }) => ({
    cle: id,
    titre: FACTURE_LABELS[statut],
    etat: REFUSED.includes(statut) ? 'refus' : 'fait',
    detail: (
      <>
        <Instant at={at} />, {acteur}
        {motif && <span className="citation">«&nbsp;{motif}&nbsp;»</span>}
      </>
    ),
    acteur: organisation,
  }))

/** The avoir of an invoice, the invoice of an avoir. */
const otherOf = ({ nature, origine, avoir }: Facture, paths: Props['paths']) => {
  const other = origine ?? avoir
  if (!other) return []
  const valeur = <Link to={paths.facture({ factureId: other.id })}>{other.numero}</Link>
  return [{ terme: nature === 'avoir' ? 'Annule la facture' : 'Annulée par l’avoir', valeur }]
}

const Amounts = ({ facture, paths }: Props) => (
  <Card titre="Montants et références">
    <DefinitionList
      items={[
        ...linesOf(facture),
        { terme: 'Établi le', valeur: <Jour date={facture.dateEmission} /> },
        ...(facture.dateEcheance ? [{ terme: 'À payer au plus tard le', valeur: <Jour date={facture.dateEcheance} /> }] : []),
        {
          terme: 'Commande',
          valeur: <Link to={paths.commande({ commandeId: facture.commande.id })}>{facture.commande.reference}</Link>,
        },
        ...otherOf(facture, paths),
        ...(facture.motif ? [{ terme: 'Motif', valeur: facture.motif }] : []),
        ...referencesOf(facture),
      ]}
    />
    <p>
      <FileLink
        href={fileUrl(factureRoutes.drawFacture, { params: { factureId: facture.id } })}
        nom={`${FACTURE_NATURE_LABELS[facture.nature]} ${facture.numero}`}
        type="PDF"
      />
    </p>
  </Card>
)

/** The sheet of an invoice or an avoir: what it asks, its journal, and what may be recorded of it. */
export const FacturePage = ({ facture, paths }: Props) => {
  const [done, setDone] = useState<string | null>(null)
  return (
    <Page
      titre={`${FACTURE_NATURE_LABELS[facture.nature]} ${facture.numero}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.factures(), label: 'Factures' },
      ]}
      intro={`${facture.operateur.nom}, à ${facture.collectivite.nom} : ${euros(facture.totalCentimes)}`}
      badge={<FactureBadge statut={facture.statut} />}
      fait={done}
    >
      <Sheet
        agir={<FactureFollow key={facture.statut} facture={facture} onDone={setDone} />}
        corps={
          <>
            <Amounts facture={facture} paths={paths} />
            <Card titre="Suivi du document">
              <Timeline etapes={stepsOf(facture)} />
            </Card>
          </>
        }
      />
    </Page>
  )
}
