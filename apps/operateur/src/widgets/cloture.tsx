import { type Cloture, bordereauRoutes } from '@pass/contracts/bordereaux.ts'
import { whyNotClose } from '@pass/domain/bordereaux.ts'
import { formatMonth } from '@pass/domain/days.ts'
import { euros, formatNumber, plural, pluralPass } from '@pass/domain/money.ts'
import { apiQuery, useApiMutation } from '@pass/web/api.ts'
import { now } from '@pass/web/session.tsx'
import { ButtonRow } from '@pass/web/ui/button.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { KeyFigures } from '@pass/web/ui/key-figures.tsx'
import { Euros } from '@pass/web/ui/values.tsx'
import { useSuspenseQuery } from '@tanstack/react-query'
import { CalendarCheck2 } from 'lucide-react'
import { Link } from 'react-router'
import { BORDEREAU_READS, type Said } from './act.ts'
import { paths } from '../paths.ts'
import { RAISONS } from './raisons.ts'

// Warmed by the loader; read again after the closing.
const useCloture = (mois: string): Cloture => useSuspenseQuery(apiQuery(bordereauRoutes.previewCloture, { params: { mois } })).data

type Ready = Cloture['bordereaux'][number]
type Waiting = Cloture['enAttente'][number]

const READY: readonly Column<Ready>[] = [
  { cle: 'structure', titre: 'Structure', cell: (row) => row.structure.nom },
  { cle: 'pass', titre: 'Pass à rembourser', cell: (row) => formatNumber(row.pass), align: 'droite' },
  { cle: 'montant', titre: 'Montant', cell: (row) => <Euros centimes={row.montantCentimes} />, align: 'droite' },
]

const WAITING: readonly Column<Waiting>[] = [
  { cle: 'structure', titre: 'Structure', cell: (row) => row.structure.nom },
  { cle: 'raison', titre: 'Pourquoi elle attend', cell: (row) => RAISONS[row.raison] },
  { cle: 'pass', titre: 'Pass', cell: (row) => formatNumber(row.pass), align: 'droite' },
  { cle: 'montant', titre: 'Montant', cell: (row) => <Euros centimes={row.montantCentimes} />, align: 'droite' },
]

const inWords = ({ bordereaux, pass, montantCentimes }: Cloture): string =>
  `${plural(bordereaux.length, 'bordereau', 'bordereaux')}, ${pluralPass(pass)}, ${euros(montantCentimes)}`

const CloseButton = ({ cloture, onDone }: { cloture: Cloture; onDone: (said: Said) => void }) => {
  const { mois, bordereaux } = cloture
  const go = useApiMutation(bordereauRoutes.closeMonth, {
    invalidates: BORDEREAU_READS,
    onSuccess: (done) =>
      onDone({ titre: `Mois arrêté : ${formatMonth(mois)}.`, suite: `${inWords(done)}. Prochaine étape : le contrôle.` }),
  })
  const empty = bordereaux.length === 0 ? 'Aucune structure n’est à rembourser pour ce mois.' : null
  return (
    <ButtonRow>
      <ConfirmDialog
        label="Arrêter le mois"
        variant="principal"
        icon={CalendarCheck2}
        disabledReason={whyNotClose(mois, now())?.message ?? empty}
        titre={`Arrêter le mois : ${formatMonth(mois)} ?`}
        action={`Arrêter ${plural(bordereaux.length, 'bordereau', 'bordereaux')}`}
        onConfirm={() => go.mutateAsync({ params: { mois } })}
      >
        <p>{`${inWords(cloture)}. Les utilisations prises dans un bordereau ne peuvent plus être annulées.`}</p>
      </ConfirmDialog>
    </ButtonRow>
  )
}

const Nothing = ({ mois }: { mois: string }) => (
  <EmptyState titre="Rien à arrêter" action={<Link to={paths.bordereaux({ mois })}>Voir les bordereaux de ce mois</Link>}>
    Aucun pass utilisé avant la fin de ce mois n’attend d’entrer dans un bordereau.
  </EmptyState>
)

/** What the closing would make, structure by structure, and the button that makes it. */
export const ClotureCard = ({ mois, onDone }: { mois: string; onDone: (said: Said) => void }) => {
  const cloture = useCloture(mois)
  return (
    <section className="pile" aria-labelledby="a-arreter">
      <h2 id="a-arreter">À rembourser</h2>
      <KeyFigures
        items={[
          { titre: 'Structures à rembourser', valeur: formatNumber(cloture.bordereaux.length) },
          { titre: 'Pass à rembourser', valeur: formatNumber(cloture.pass) },
          { titre: 'Montant à rembourser', valeur: euros(cloture.montantCentimes) },
        ]}
      />
      <DataTable
        caption={`Un bordereau par structure : ${inWords(cloture)}`}
        rows={cloture.bordereaux}
        rowKey={({ structure }) => structure.id}
        columns={READY}
        empty={<Nothing mois={mois} />}
      />
      <CloseButton cloture={cloture} onDone={onDone} />
    </section>
  )
}

/** What stays due, with the one reason of each. */
export const WaitingTable = ({ mois }: { mois: string }) => {
  const { enAttente } = useCloture(mois)
  if (enAttente.length === 0) return null
  return (
    <section className="pile" aria-labelledby="en-attente">
      <h2 id="en-attente">En attente</h2>
      <DataTable
        caption={`${plural(enAttente.length, 'structure')} : ces sommes restent dues et iront dans un prochain bordereau.`}
        rows={enAttente}
        rowKey={({ structure, raison }) => `${structure.id} ${raison}`}
        columns={WAITING}
        empty={null}
      />
    </section>
  )
}
