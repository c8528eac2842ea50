import type { Output } from '@pass/contracts/route.ts'
import type { compteRoutes } from '@pass/contracts/comptes.ts'
import { euros } from '@pass/domain/money.ts'
import { Scale } from 'lucide-react'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Euros, Jour } from '../../ui/values.tsx'
import type { LedgerFilter } from './filter.ts'

type GrandLivre = Output<typeof compteRoutes.getGrandLivre>
type Compte = GrandLivre['comptes'][number]

type Props = {
  grandLivre: GrandLivre
  /** The lines of an account. */
  to: (filter: LedgerFilter) => string
}

const Balance = ({ sommeCentimes, au }: Pick<GrandLivre, 'sommeCentimes' | 'au'>) => (
  <span className="equilibre">
    {au !== null && (
      <span>
        Soldes à la fin du <Jour date={au} />.
      </span>
    )}
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

const COLUMNS: Column<Compte>[] = [
  { cle: 'libelle', titre: 'Compte', cell: (row) => row.libelle },
  { cle: 'titulaire', titre: 'Structure ou financeur', cell: (row) => row.structure ?? row.financeur ?? <span className="doux">–</span> },
  { cle: 'solde', titre: 'Solde', cell: (row) => <Euros centimes={row.soldeCentimes} />, align: 'droite' },
]

const filterOf = ({ nature, structureId, financeurCle }: Compte, au: string | null): LedgerFilter => ({
  nature,
  ...(structureId && { structureId }),
  ...(financeurCle && { financeurCle }),
  ...(au && { au }),
})

/** Balances of a convention, today or at the end of a day; every one opens its lines, and their sum is 0. */
export const ComptesTable = ({ grandLivre: { comptes, sommeCentimes, au }, to }: Props) => (
  <DataTable
    caption={<Balance sommeCentimes={sommeCentimes} au={au} />}
    rows={comptes}
    rowKey={(row) => `${row.nature} ${row.structureId ?? row.financeurCle ?? ''}`}
    rowLink={(row) => to(filterOf(row, au))}
    columns={COLUMNS}
    empty={
      <p className="vide doux">
        {au === null
          ? 'Aucun compte : aucune somme n’a encore été reçue pour cette convention.'
          : 'Aucun compte à cette date : rien n’avait encore été écrit. Choisissez un jour plus récent.'}
      </p>
    }
  />
)
