import type { Controles } from '@pass/contracts/livres.ts'
import { CONTROLE_FAMILLE_LABELS } from '@pass/domain/controles.ts'
import { formatNumber, plural } from '@pass/domain/money.ts'
import { Badge } from '../../ui/badge.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Instant } from '../../ui/values.tsx'

type Controle = Controles['controles'][number]
type Passage = Controles['passages'][number]

const Ecarts = ({ ecarts }: { ecarts: number }) => (
  <Badge tone={ecarts === 0 ? 'bien' : 'refus'}>{ecarts === 0 ? '0' : formatNumber(ecarts)}</Badge>
)

const COLUMNS: readonly Column<Controle>[] = [
  { cle: 'libelle', titre: 'Contrôle : ce qui ne doit jamais être', cell: (row) => row.libelle },
  { cle: 'famille', titre: 'Sujet', cell: (row) => CONTROLE_FAMILLE_LABELS[row.famille] },
  { cle: 'ecarts', titre: 'Écarts', cell: (row) => <Ecarts ecarts={row.ecarts} />, align: 'droite' },
]

const PASSAGES: readonly Column<Passage>[] = [
  { cle: 'at', titre: 'Passage', cell: (row) => <Instant at={row.at} /> },
  { cle: 'controles', titre: 'Contrôles', cell: (row) => formatNumber(row.controles), align: 'droite' },
  { cle: 'ecarts', titre: 'Écarts', cell: (row) => <Ecarts ecarts={row.ecarts} />, align: 'droite' },
]

/** What the last run says, in one sentence, and what to do when something is wrong. */
const Verdict = ({ passage, ecarts, controles }: Controles) => {
  if (passage === null)
    return (
      <Notice tone="attente" titre="Les contrôles n’ont pas encore été faits.">
        Ils passent chaque nuit. L’opérateur peut les lancer tout de suite.
      </Notice>
    )
  return ecarts === 0 ? (
    <Notice tone="bien" titre="Aucun écart.">
      {plural(controles.length, 'contrôle')}, dernier passage le <Instant at={passage.at} />.
    </Notice>
  ) : (
    <Notice tone="refus" titre={`${plural(ecarts, 'écart')}.`}>
      Dernier passage le <Instant at={passage.at} />. Rien ne se clôt tant qu’ils ne sont pas expliqués : prévenez l’assistance.
    </Notice>
  )
}

/** Every check of the books with its count, 0 included, and the runs before. */
export const ControlesView = ({ controles }: { controles: Controles }) => (
  <>
    <Verdict {...controles} />
    <DataTable
      caption={`${plural(controles.controles.length, 'contrôle')}, ${plural(controles.ecarts, 'écart')}`}
      columns={COLUMNS}
      rows={controles.controles}
      rowKey={(row) => row.code}
      empty={<EmptyState titre="Aucun contrôle">Le premier passage les montrera tous, avec leur compte.</EmptyState>}
    />
    {controles.passages.length > 0 && (
      <section className="pile" aria-labelledby="passages">
        <h2 id="passages">Derniers passages</h2>
        <DataTable
          caption={plural(controles.passages.length, 'passage')}
          columns={PASSAGES}
          rows={controles.passages}
          rowKey={(row) => row.at}
          empty={null}
        />
      </section>
    )}
  </>
)
