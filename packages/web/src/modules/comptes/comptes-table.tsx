import type { Output } from '@pass/contracts/route.ts'
import type { compteRoutes } from '@pass/contracts/comptes.ts'
import type { AccountNature } from '@pass/domain/comptes.ts'
import { euros } from '@pass/domain/money.ts'
import { Scale } from 'lucide-react'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Euros } from '../../ui/values.tsx'

type GrandLivre = Output<typeof compteRoutes.getGrandLivre>

type Props = {
  grandLivre: GrandLivre
  /** The lines of an account. */
  to: (nature: AccountNature) => string
}

const Balance = ({ sommeCentimes }: Pick<GrandLivre, 'sommeCentimes'>) => (
  <span className="equilibre">
    Somme des soldes{'\u00a0'}: <strong>{euros(sommeCentimes)}</strong>{' '}
    {sommeCentimes === 0 ? (
      <Badge tone="bien" icon={Scale}>
        Équilibré
      </Badge>
    ) : (
      <Badge tone="refus" icon={Scale}>
        Déséquilibré
      </Badge>
    )}
  </span>
)

const COLUMNS: Column<GrandLivre['comptes'][number]>[] = [
  { cle: 'libelle', titre: 'Compte', cell: (row) => row.libelle },
  { cle: 'structure', titre: 'Structure', cell: (row) => row.structure ?? <span className="doux">–</span> },
  { cle: 'solde', titre: 'Solde', cell: (row) => <Euros centimes={row.soldeCentimes} />, align: 'droite' },
]

/** Balances of a convention; every one opens its lines, and their sum is 0. */
export const ComptesTable = ({ grandLivre: { comptes, sommeCentimes }, to }: Props) => (
  <DataTable
    caption={<Balance sommeCentimes={sommeCentimes} />}
    rows={comptes}
    rowKey={(row) => `${row.nature} ${row.structure ?? ''}`}
    rowLink={(row) => to(row.nature)}
    columns={COLUMNS}
    empty={<p className="vide doux">Aucun compte : aucune somme n’a encore été reçue pour cette convention.</p>}
  />
)
