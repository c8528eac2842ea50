import type { Commande } from '@pass/contracts/commandes.ts'
import { euros, formatNumber, plural } from '@pass/domain/money.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Plage } from '../carnets/plage.tsx'
import { Euros, Instant, Jour } from '../../ui/values.tsx'

const sum = (rows: readonly { montantCentimes: number }[]): string => euros(rows.reduce((total, row) => total + row.montantCentimes, 0))

const ENCAISSEMENT_COLUMNS: Column<Commande['encaissements'][number]>[] = [
  { cle: 'reference', titre: 'Référence du virement', cell: (row) => row.referenceVirement, code: true },
  { cle: 'date', titre: 'Reçu le', cell: (row) => <Jour date={row.dateReception} /> },
  { cle: 'montant', titre: 'Montant reçu', cell: (row) => <Euros centimes={row.montantCentimes} />, align: 'droite' },
  { cle: 'frais', titre: 'Dont frais et TVA', cell: (row) => <Euros centimes={row.fraisCentimes} />, align: 'droite' },
]

/** Money received for the commande. */
export const EncaissementsTable = ({ encaissements }: Pick<Commande, 'encaissements'>) => (
  <DataTable
    caption={`${plural(encaissements.length, 'virement reçu', 'virements reçus')}, ${sum(encaissements)}`}
    rows={encaissements}
    rowKey={(row) => row.id}
    columns={ENCAISSEMENT_COLUMNS}
    empty={<p className="rien doux">Aucun virement reçu. L’opérateur note ici les fonds versés par la collectivité.</p>}
  />
)

const ACTIVATION_COLUMNS: Column<Commande['activations'][number]>[] = [
  { cle: 'plage', titre: 'Numéros des carnets', cell: (row) => <Plage premiere={row.seriePremiere} derniere={row.serieDerniere} /> },
  { cle: 'carnets', titre: 'Carnets activés', cell: (row) => formatNumber(row.carnets), align: 'droite' },
  { cle: 'montant', titre: 'Montant', cell: (row) => <Euros centimes={row.montantCentimes} />, align: 'droite' },
  { cle: 'mandat', titre: 'Mandat', cell: (row) => row.numeroMandat, code: true },
  { cle: 'date', titre: 'Activés le', cell: (row) => <Instant at={row.at} /> },
]

/** Ranges of carnets that are worth something, and the money set aside for them. */
export const ActivationsTable = ({ activations }: Pick<Commande, 'activations'>) => (
  <DataTable
    caption={`${plural(activations.length, 'activation')}, ${formatNumber(activations.reduce((total, row) => total + row.carnets, 0))} carnets activés, ${sum(activations)}`}
    rows={activations}
    rowKey={(row) => row.id}
    columns={ACTIVATION_COLUMNS}
    empty={<p className="rien doux">Aucun carnet activé. Les pass ne valent rien avant l’activation par l’opérateur.</p>}
  />
)
