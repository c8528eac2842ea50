import type { Convention } from '@pass/contracts/conventions.ts'
import { FINANCEUR_NATURE_LABELS } from '@pass/domain/conventions.ts'
import { percent, plural } from '@pass/domain/money.ts'
import { Badge } from '../../ui/badge.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Euros, Jour } from '../../ui/values.tsx'

type Financeur = Convention['financeurs'][number]

const Signature = ({ signataire, dateSignature }: Financeur) =>
  signataire === null ? (
    <Badge tone="attente">Signature attendue</Badge>
  ) : (
    <span>
      <Badge tone="bien">Signé</Badge>
      <span className="petit doux sous">
        {signataire}, <Jour date={dateSignature} />
      </span>
    </span>
  )

const COLUMNS: Column<Financeur>[] = [
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
  { cle: 'signature', titre: 'Signature', cell: (row) => <Signature {...row} /> },
]

/** Who pays which part of each pass, and who has signed. */
export const ConventionFinanceurs = ({ financeurs }: { financeurs: readonly Financeur[] }) => (
  <DataTable
    caption={`${plural(financeurs.length, 'financeur')}, ${percent(financeurs.reduce((sum, { cleBp }) => sum + cleBp, 0))} du pass. Le financeur qui prend le reste paie ce qu’un plafond refuse.`}
    rows={financeurs}
    rowKey={(row) => String(row.rang)}
    columns={COLUMNS}
    empty={<p className="vide doux">Les financeurs ne sont pas montrés à votre organisation.</p>}
  />
)
