import { type Cloture, clotureRoutes } from '@pass/contracts/clotures.ts'
import { periodeOf, whyNotClosePeriode } from '@pass/domain/clotures.ts'
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
import { nameOf } from './periodes.ts'
import { RAISONS } from './raisons.ts'

// Warmed by the loader; read again after the closing.
const useCloture = (periode: string): Cloture => useSuspenseQuery(apiQuery(clotureRoutes.previewCloture, { params: { periode } })).data

type Ready = Cloture['bordereaux'][number]
type Waiting = Cloture['enAttente'][number]

const READY: readonly Column<Ready>[] = [
  { cle: 'structure', titre: 'Structure', cell: (row) => row.structure.nom },
  { cle: 'pass', titre: 'Pass à rembourser', cell: (row) => formatNumber(row.pass), align: 'droite' },
  {
    cle: 'lignes',
    titre: 'Reports, retenues et frais',
    cell: (row) => (row.lignesCentimes === 0 ? '–' : <Euros centimes={row.lignesCentimes} />),
    align: 'droite',
  },
  { cle: 'montant', titre: 'Montant', cell: (row) => <Euros centimes={row.montantCentimes} />, align: 'droite' },
]
const WITHOUT_LINES = READY.filter(({ cle }) => cle !== 'lignes')

const WAITING: readonly Column<Waiting>[] = [
  { cle: 'structure', titre: 'Structure', cell: (row) => row.structure.nom },
  { cle: 'raison', titre: 'Pourquoi elle attend', cell: (row) => RAISONS[row.raison] },
  { cle: 'pass', titre: 'Pass', cell: (row) => formatNumber(row.pass), align: 'droite' },
  { cle: 'montant', titre: 'Montant', cell: (row) => <Euros centimes={row.montantCentimes} />, align: 'droite' },
]

const inWords = ({ structures, pass, montantCentimes }: Cloture): string =>
  `${plural(structures, 'bordereau', 'bordereaux')}, ${pluralPass(pass)}, ${euros(montantCentimes)}`

const shownOf = (shown: number, total: number): string => (shown < total ? ` Les ${formatNumber(shown)} premières sont affichées.` : '')

const saidOf = (done: Cloture): Said =>
  done.suivi
    ? {
        titre: `Arrêté commencé : ${nameOf(done.periode)}.`,
        suite: `${inWords(done)}. Il continue seul : vous pouvez quitter cette page.`,
      }
    : { titre: `Arrêté terminé : ${nameOf(done.periode)}.`, suite: `${inWords(done)}. Prochaine étape : le contrôle.` }

const CloseButton = ({ cloture, enCours, onDone }: { cloture: Cloture; enCours: boolean; onDone: (said: Said) => void }) => {
  const { periode, structures } = cloture
  const go = useApiMutation(clotureRoutes.closePeriode, { invalidates: BORDEREAU_READS, onSuccess: (done) => onDone(saidOf(done)) })
  const known = periodeOf(periode)
  const early = known && whyNotClosePeriode(known, now())?.message
  const reason = enCours
    ? 'Un arrêté est déjà en cours : attendez qu’il finisse.'
    : structures === 0
      ? 'Aucune structure n’est à rembourser pour cette période.'
      : null
  return (
    <ButtonRow>
      <ConfirmDialog
        label="Arrêter la période"
        variant="principal"
        icon={CalendarCheck2}
        disabledReason={early ?? reason}
        titre={`Arrêter : ${nameOf(periode)} ?`}
        action={`Arrêter ${plural(structures, 'bordereau', 'bordereaux')}`}
        onConfirm={() => go.mutateAsync({ params: { periode } })}
      >
        <p>{`${inWords(cloture)}. Les utilisations prises dans un bordereau ne peuvent plus être annulées.`}</p>
      </ConfirmDialog>
    </ButtonRow>
  )
}

const Nothing = ({ mois }: { mois: string }) => (
  <EmptyState titre="Rien à arrêter" action={<Link to={paths.bordereaux({ mois })}>Voir les bordereaux de ce mois</Link>}>
    Aucun pass utilisé avant la fin de cette période n’attend d’entrer dans un bordereau.
  </EmptyState>
)

/** What the closing would make, structure by structure, and the button that makes it. */
export const ClotureCard = ({ periode, enCours, onDone }: { periode: string; enCours: boolean; onDone: (said: Said) => void }) => {
  const cloture = useCloture(periode)
  const { bordereaux, structures } = cloture
  return (
    <section className="pile" aria-labelledby="a-arreter">
      <h2 id="a-arreter">À rembourser</h2>
      <KeyFigures
        items={[
          { titre: 'Structures à rembourser', valeur: formatNumber(structures) },
          { titre: 'Pass à rembourser', valeur: formatNumber(cloture.pass) },
          { titre: 'Montant à rembourser', valeur: euros(cloture.montantCentimes) },
        ]}
      />
      <CloseButton cloture={cloture} enCours={enCours} onDone={onDone} />
      <DataTable
        caption={`Un bordereau par structure : ${inWords(cloture)}.${shownOf(bordereaux.length, structures)}`}
        rows={bordereaux}
        rowKey={({ structure }) => structure.id}
        columns={bordereaux.some(({ lignesCentimes }) => lignesCentimes !== 0) ? READY : WITHOUT_LINES}
        empty={<Nothing mois={cloture.mois} />}
      />
    </section>
  )
}

/** What stays due, with the one reason of each. */
export const WaitingTable = ({ periode }: { periode: string }) => {
  const { enAttente, structuresEnAttente } = useCloture(periode)
  if (enAttente.length === 0) return null
  return (
    <section className="pile" aria-labelledby="en-attente">
      <h2 id="en-attente">En attente</h2>
      <DataTable
        caption={`${plural(structuresEnAttente, 'structure')} : ces sommes restent dues et iront dans un prochain bordereau.${shownOf(enAttente.length, structuresEnAttente)}`}
        rows={enAttente}
        rowKey={({ structure, raison }) => `${structure.id} ${raison}`}
        columns={WAITING}
        empty={null}
      />
    </section>
  )
}
