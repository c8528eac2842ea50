import { conventionVersionRoutes } from '@pass/contracts/conventions-versions.ts'
import type { Convention } from '@pass/contracts/conventions.ts'
import { FINANCEUR_NATURE_LABELS } from '@pass/domain/conventions.ts'
import { percent, plural } from '@pass/domain/money.ts'
import { fileUrl } from '../../api.ts'
import { Badge } from '../../ui/badge.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Euros, Jour } from '../../ui/values.tsx'

type Financeur = Convention['financeurs'][number]

const Scan = ({ conventionId, pieceId }: { conventionId: string; pieceId: string }) => (
  <a className="petit sous" href={fileUrl(conventionVersionRoutes.downloadConventionPiece, { params: { conventionId, pieceId } })}>
    Document signé
  </a>
)

const Signature = ({ signataire, dateSignature, pieceId, conventionId }: Financeur & { conventionId: string | undefined }) =>
  signataire === null ? (
    <Badge tone="attente">Signature attendue</Badge>
  ) : (
    <span>
      <Badge tone="bien">Signé</Badge>
      <span className="petit doux sous">
        {signataire}, <Jour date={dateSignature} />
      </span>
      {conventionId && pieceId && <Scan conventionId={conventionId} pieceId={pieceId} />}
    </span>
  )

const columnsOf = (conventionId: string | undefined): Column<Financeur>[] => [
  { cle: 'nom', titre: 'Financeur', cell: (row) => row.nom },
  { cle: 'nature', titre: 'Nature', cell: (row) => FINANCEUR_NATURE_LABELS[row.nature] },
  { cle: 'part', titre: 'Part', cell: (row) => percent(row.cleBp), align: 'droite' },
  {
    cle: 'plafond',
    titre: 'Plafond',
    cell: (row) => (row.plafondCentimes === null ? 'Aucun' : <Euros centimes={row.plafondCentimes} />),
    align: 'droite',
  },
  { cle: 'repli', titre: 'Prend le reste', cell: (row) => (row.estRepli ? 'Oui' : 'Non') },
  { cle: 'signature', titre: 'Signature', cell: (row) => <Signature {...row} conventionId={conventionId} /> },
]

type Props = {
  financeurs: readonly Financeur[]
  /** For who reads the scans of the signatures. */
  conventionId?: string
}

/** Who pays which part of each pass, and who has signed. */
export const ConventionFinanceurs = ({ financeurs, conventionId }: Props) => (
  <DataTable
    caption={`${plural(financeurs.length, 'financeur')}, ${percent(financeurs.reduce((sum, { cleBp }) => sum + cleBp, 0))} du pass. Le financeur qui prend le reste paie ce qu’un plafond refuse.`}
    rows={financeurs}
    rowKey={(row) => String(row.rang)}
    columns={columnsOf(conventionId)}
    empty={<p className="vide doux">Les financeurs ne sont pas montrés à votre organisation.</p>}
  />
)
