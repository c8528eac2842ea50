import type { compteRoutes } from '@pass/contracts/comptes.ts'
import type { Output } from '@pass/contracts/route.ts'
import { ACCOUNT_LABELS, TRANSFER_MOTIF_LABELS } from '@pass/domain/comptes.ts'
import type { ReactNode } from 'react'
import { FilterDate, Filters, FilterSelect } from '../../ui/filters.tsx'
import { type Option, optionsOf } from '../../ui/select-field.tsx'

type Comptes = Output<typeof compteRoutes.getGrandLivre>['comptes']

const byLabel = (options: Map<string, string>): Option[] =>
  [...options].map(([value, label]) => ({ value, label })).toSorted((a, b) => a.label.localeCompare(b.label, 'fr'))

const structuresOf = (comptes: Comptes): Option[] =>
  byLabel(new Map(comptes.flatMap(({ structureId, structure }) => (structureId && structure ? [[structureId, structure] as const] : []))))

const financeursOf = (comptes: Comptes): Option[] =>
  byLabel(
    new Map(comptes.flatMap(({ financeurCle, financeur }) => (financeurCle ? [[financeurCle, financeur ?? financeurCle] as const] : []))),
  )

/** Which lines, and at what date the balances are: all of it in the address. `children`: a filter of the page itself. */
export const EcrituresFilters = ({ comptes, children }: { comptes: Comptes; children?: ReactNode }) => {
  const structures = structuresOf(comptes)
  const financeurs = financeursOf(comptes)
  return (
    <Filters garde={['conventionId']}>
      {children}
      <FilterDate name="au" label="Soldes et écritures au" />
      <FilterDate name="du" label="Écritures depuis le" />
      <FilterSelect name="nature" label="Compte" options={optionsOf(ACCOUNT_LABELS)} />
      {structures.length > 0 && <FilterSelect name="structureId" label="Structure" vide="Toutes" options={structures} />}
      {financeurs.length > 0 && <FilterSelect name="financeurCle" label="Financeur" options={financeurs} />}
      <FilterSelect name="motif" label="Motif" options={optionsOf(TRANSFER_MOTIF_LABELS)} />
    </Filters>
  )
}
