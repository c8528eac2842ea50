import type { EcritureDetail } from '@pass/contracts/comptes.ts'
import { plural } from '@pass/domain/money.ts'
import { Link } from 'react-router'
import { Card } from '../../ui/card.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { DefinitionList } from '../../ui/definition-list.tsx'
import { Euros, Instant } from '../../ui/values.tsx'

type Source = NonNullable<EcritureDetail['source']>
type Ligne = EcritureDetail['lignes'][number]

type Props = {
  ecriture: EcritureDetail
  /** Where what caused it is seen, when the reader has a screen for it. */
  toSource: (source: Source & { id: string }) => string | null
}

const COLUMNS: readonly Column<Ligne>[] = [
  { cle: 'libelle', titre: 'Ligne', cell: (row) => row.libelle },
  { cle: 'detail', titre: 'Détail', cell: (row) => row.detail },
  { cle: 'montant', titre: 'Montant', cell: (row) => <Euros centimes={row.montantCentimes} />, align: 'droite' },
]

const SourceLink = ({ source, toSource }: { source: Source; toSource: Props['toSource'] }) => {
  const { id } = source
  const to = id === null ? null : toSource({ ...source, id })
  return to === null ? <>{source.libelle}</> : <Link to={to}>{source.libelle}</Link>
}

const Lignes = ({ ecriture: { lignes, autres, montantCentimes } }: Pick<Props, 'ecriture'>) => (
  <section className="pile" aria-labelledby="lignes">
    <h2 id="lignes">Ce qui la compose</h2>
    <DataTable
      caption={
        autres > 0 ? `${plural(lignes.length, 'ligne')}, et ${plural(autres, 'autre')} dans l’export` : plural(lignes.length, 'ligne')
      }
      columns={COLUMNS}
      rows={lignes.map((ligne, rank) => ({ ...ligne, rank }))}
      rowKey={(row) => String((row as Ligne & { rank: number }).rank)}
      {...(autres === 0 && {
        totaux: { libelle: 'Total', montant: <Euros centimes={lignes.reduce((sum, one) => sum + one.montantCentimes, 0)} /> },
      })}
      empty={
        <p className="vide doux">
          Cette écriture est d’un seul montant : <Euros centimes={montantCentimes} />.
        </p>
      }
    />
  </section>
)

/** A line of the ledger: what moved, from where to where, what caused it, and the rows that add up to it. */
export const EcritureView = ({ ecriture, toSource }: Props) => (
  <>
    <Card titre={ecriture.motif}>
      <DefinitionList
        items={[
          { terme: 'Montant', valeur: <Euros centimes={ecriture.montantCentimes} /> },
          { terme: 'Date', valeur: <Instant at={ecriture.at} /> },
          { terme: 'De', valeur: ecriture.de },
          { terme: 'Vers', valeur: ecriture.vers },
          ...(ecriture.source ? [{ terme: 'Origine', valeur: <SourceLink source={ecriture.source} toSource={toSource} /> }] : []),
        ]}
      />
    </Card>
    <Lignes ecriture={ecriture} />
  </>
)
