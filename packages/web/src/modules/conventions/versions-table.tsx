import type { VersionSummary } from '@pass/contracts/conventions-versions.ts'
import { plural } from '@pass/domain/money.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Jour } from '../../ui/values.tsx'
import { VersionBadge } from './version-badge.tsx'

const Vigueur = ({ statut, dateEffet, dateRemplacement, signaturesManquantes }: VersionSummary) => {
  if (statut === 'abandonnee') return 'Jamais entrée en vigueur'
  if (dateEffet === null)
    return signaturesManquantes.length === 0 ? 'À la dernière signature' : `Signature attendue : ${signaturesManquantes.join(', ')}`
  if (dateRemplacement === null)
    return (
      <>
        Depuis le <Jour date={dateEffet} />
      </>
    )
  return (
    <>
      Du <Jour date={dateEffet} /> au <Jour date={dateRemplacement} />
    </>
  )
}

const COLUMNS: Column<VersionSummary>[] = [
  { cle: 'titre', titre: 'Version', cell: (row) => row.titre },
  { cle: 'objet', titre: 'Objet', cell: (row) => row.objet },
  { cle: 'vigueur', titre: 'En vigueur', cell: (row) => <Vigueur {...row} /> },
  { cle: 'statut', titre: 'Statut', cell: (row) => <VersionBadge statut={row.statut} /> },
]

type Props = { versions: readonly VersionSummary[]; rowLink: (row: VersionSummary) => string }

/** The convention as first signed, and its avenants: the former ones stay readable. */
export const VersionsTable = ({ versions, rowLink }: Props) => (
  <DataTable
    caption={plural(versions.length, 'version')}
    rows={versions}
    rowKey={(row) => String(row.numero)}
    rowLink={rowLink}
    columns={COLUMNS}
    empty={<p className="vide doux">Aucune version n’est montrée à votre organisation.</p>}
  />
)
