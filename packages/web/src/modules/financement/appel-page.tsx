import { type Appel, financementRoutes } from '@pass/contracts/financement.ts'
import { formatMonth } from '@pass/domain/days.ts'
import { APPEL_TITLES, periodeLabel } from '@pass/domain/financement.ts'
import { euros, percent, plural, pluralPass } from '@pass/domain/money.ts'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { fileUrl } from '../../api.ts'
import { Card } from '../../ui/card.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { DefinitionList } from '../../ui/definition-list.tsx'
import { FileLink } from '../../ui/file-link.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Euros, Instant, Jour } from '../../ui/values.tsx'
import { AppelBadge } from './appel-badge.tsx'

type Ligne = Appel['lignes'][number] & { cle: string }
type Props = {
  appel: Appel
  paths: {
    accueil: () => string
    financements: () => string
    financement: (of: { conventionId: string }) => string
    appels: () => string
  }
  /** What this person may do now. */
  agir: ReactNode
  /** What was just done. */
  fait?: string | null
}

const LIGNES: Column<Ligne>[] = [
  { cle: 'mois', titre: 'Clôture', cell: ({ mois }) => formatMonth(mois) },
  { cle: 'at', titre: 'Faite le', cell: ({ at }) => <Instant at={at} /> },
  { cle: 'pass', titre: 'Pass utilisés', cell: ({ pass }) => pluralPass(pass), align: 'droite' },
  { cle: 'cle', titre: 'Clé', cell: ({ cleBp }) => percent(cleBp), align: 'droite' },
  { cle: 'montant', titre: 'Part', cell: ({ montantCentimes }) => <Euros centimes={montantCentimes} />, align: 'droite' },
]

/** What a call asks: part, advances deducted, net; the document. */
const Amounts = ({ appel, paths }: Pick<Props, 'appel' | 'paths'>) => (
  <Card titre="Montant">
    <DefinitionList
      items={[
        { terme: `Part de ${pluralPass(appel.pass)} utilisés`, valeur: <Euros centimes={appel.partCentimes} /> },
        { terme: 'Avances déduites', valeur: <Euros centimes={appel.avanceCentimes} /> },
        {
          terme: 'Montant appelé',
          valeur: (
            <strong>
              <Euros centimes={appel.montantCentimes} />
            </strong>
          ),
        },
        { terme: 'Période', valeur: periodeLabel({ debut: appel.periodeDebut, fin: appel.periodeFin }) },
        {
          terme: 'Convention',
          valeur: (
            <Link
              to={paths.financement({ conventionId: appel.convention.id })}
            >{`${appel.convention.reference} ${appel.convention.nom}`}</Link>
          ),
        },
        ...(appel.appeleAt ? [{ terme: 'Envoyé le', valeur: <Instant at={appel.appeleAt} /> }] : []),
        ...(appel.dateReception ? [{ terme: 'Reçu le', valeur: <Jour date={appel.dateReception} /> }] : []),
        ...(appel.referenceVirement ? [{ terme: 'Référence du virement', valeur: appel.referenceVirement }] : []),
      ]}
    />
  </Card>
)

/** The files of a call: its document, its lines, the list of its proofs. */
const Files = ({ appel }: Pick<Props, 'appel'>) => {
  const params = { appelId: appel.id }
  return (
    <Card titre="Document et preuves">
      <p>
        <FileLink href={fileUrl(financementRoutes.drawAppel, { params })} nom={APPEL_TITLES[appel.nature]} type="PDF" />
      </p>
      <p>
        <FileLink href={fileUrl(financementRoutes.exportAppel, { params })} nom="Clôtures de cet appel" type="CSV" />
      </p>
      <p>
        <FileLink href={fileUrl(financementRoutes.exportPreuves, { params })} nom="Liste des preuves" type="CSV" />
      </p>
      <p className="petit doux">
        Les preuves : bordereaux, ateliers et empreintes des feuilles d’émargement. Aucun nom n’y figure ; le document en donne l’empreinte.
      </p>
    </Card>
  )
}

/** What comes next, told to whoever does nothing here. */
export const AppelNext = ({ appel, phrases }: { appel: Appel; phrases: Record<Appel['statut'], string> }) => (
  <Card titre="Suite">
    <p>{phrases[appel.statut]}</p>
  </Card>
)

/** The sheet of a call for funds. */
export const AppelPage = ({ appel, paths, agir, fait = null }: Props) => {
  const lignes = appel.lignes.map((ligne, rang) => ({ ...ligne, cle: `${ligne.mois}-${rang}` }))
  return (
    <Page
      titre={`${APPEL_TITLES[appel.nature]}${appel.numero ? ` ${appel.numero}` : ''}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.financements(), label: 'Financement' },
        { to: paths.appels(), label: 'Appels de fonds' },
      ]}
      intro={`${appel.collectivite.nom}, à ${appel.nom} : ${euros(appel.montantCentimes)}`}
      badge={<AppelBadge statut={appel.statut} />}
      fait={fait}
    >
      {appel.motifRefus && (
        <Notice tone="refus" titre="Refusé par le financeur.">
          « {appel.motifRefus} » Ses parts peuvent être appelées de nouveau.
        </Notice>
      )}
      <Sheet
        agir={agir}
        corps={
          <>
            <Amounts appel={appel} paths={paths} />
            <DataTable caption={plural(lignes.length, 'clôture')} rows={lignes} rowKey={({ cle }) => cle} columns={LIGNES} empty={null} />
          </>
        }
        suite={<Files appel={appel} />}
      />
    </Page>
  )
}
