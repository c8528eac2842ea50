import { type Facture, factureRoutes } from '@pass/contracts/factures.ts'
import { FACTURE_LABELS, FACTURE_NATURE_LABELS } from '@pass/domain/factures.ts'
import { euros, percent, plural, pluralPass } from '@pass/domain/money.ts'
import { formatSiret } from '@pass/domain/organisations.ts'
import { type ReactNode, useState } from 'react'
import { fileUrl } from '../../api.ts'
import { Card } from '../../ui/card.tsx'
import { DefinitionList } from '../../ui/definition-list.tsx'
import { FileLink } from '../../ui/file-link.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { type Etape, Timeline } from '../../ui/timeline.tsx'
import { Euros, Instant, Jour } from '../../ui/values.tsx'
import { FactureBadge } from './facture-badge.tsx'
import { FactureFollow } from './facture-follow.tsx'

type Props = {
  facture: Facture
  fil: readonly { to: string; label: string }[]
  /** Links to the commande and to the other document, in the app of the reader. */
  commande: ReactNode
  autre: ReactNode
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

const Amounts = ({ facture, commande, autre }: Omit<Props, 'fil'>) => (
  <Card titre="Montants et références">
    <DefinitionList
      items={[
        ...linesOf(facture),
        { terme: 'Établi le', valeur: <Jour date={facture.dateEmission} /> },
        ...(facture.dateEcheance ? [{ terme: 'À payer au plus tard le', valeur: <Jour date={facture.dateEcheance} /> }] : []),
        { terme: 'Commande', valeur: commande },
        ...(autre ? [{ terme: facture.nature === 'avoir' ? 'Annule la facture' : 'Annulée par l’avoir', valeur: autre }] : []),
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
export const FacturePage = ({ facture, fil, commande, autre }: Props) => {
  const [done, setDone] = useState<string | null>(null)
  return (
    <Page
      titre={`${FACTURE_NATURE_LABELS[facture.nature]} ${facture.numero}`}
      fil={fil}
      intro={`${facture.operateur.nom}, à ${facture.collectivite.nom} : ${euros(facture.totalCentimes)}`}
      badge={<FactureBadge statut={facture.statut} />}
    >
      {done && (
        <Notice tone="bien" live="status">
          {done}
        </Notice>
      )}
      <Sheet
        agir={<FactureFollow key={facture.statut} facture={facture} onDone={setDone} />}
        corps={
          <>
            <Amounts facture={facture} commande={commande} autre={autre} />
            <Card titre="Suivi du document">
              <Timeline etapes={stepsOf(facture)} />
            </Card>
          </>
        }
      />
    </Page>
  )
}
