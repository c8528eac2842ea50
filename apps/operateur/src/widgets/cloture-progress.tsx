import { type ClotureSuivi, clotureRoutes } from '@pass/contracts/clotures.ts'
import { CLOTURE_LABELS } from '@pass/domain/clotures.ts'
import { parisDay } from '@pass/domain/days.ts'
import { formatNumber, plural } from '@pass/domain/money.ts'
import { apiQuery, keyOf, queryClient, useApiMutation } from '@pass/web/api.ts'
import { now } from '@pass/web/session.tsx'
import { statutBadge } from '@pass/web/ui/badge.tsx'
import { ButtonRow } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { Euros, Jour } from '@pass/web/ui/values.tsx'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { BORDEREAU_READS } from './act.ts'
import { nameOf } from './periodes.ts'

const POLL_MS = 2000

const ClotureBadge = statutBadge(CLOTURE_LABELS, { en_cours: 'info', terminee: 'bien', echouee: 'refus' })

/** The last closings, read again every 2 seconds while one goes on; once it is over, what it changed is read again. */
export const useClotures = () => {
  const { data } = useSuspenseQuery({
    ...apiQuery(clotureRoutes.listClotures, {}),
    refetchInterval: ({ state }) => (state.data?.items.some(({ statut }) => statut === 'en_cours') ? POLL_MS : false),
  })
  const running = data.items.find(({ statut }) => statut === 'en_cours')
  const was = useRef(running?.id)
  useEffect(() => {
    if (was.current && !running) for (const read of BORDEREAU_READS) void queryClient.invalidateQueries({ queryKey: [keyOf(read)] })
    was.current = running?.id
  }, [running])
  return data
}

// Read aloud quarter by quarter: a number every two seconds would cover everything else.
const announced = ({ faites, structures }: ClotureSuivi): string => {
  const quarter = structures === 0 ? 0 : Math.floor((faites * 4) / structures) * 25
  return quarter === 0 ? 'Arrêté en cours.' : `${quarter} % des structures sont arrêtées.`
}

const LONG_MS = 10 * 60_000

/** A closing that lasts may have lost its place in the queue: asked again, it goes on where it was, and nothing is made twice. */
const AskAgain = ({ periode, at }: ClotureSuivi) => {
  const go = useApiMutation(clotureRoutes.closePeriode, { invalidates: [clotureRoutes.listClotures] })
  if (now().getTime() - Date.parse(at) < LONG_MS) return null
  return (
    <ButtonRow>
      <ConfirmDialog
        label="Relancer l’arrêté"
        titre="Relancer cet arrêté ?"
        action="Relancer l’arrêté"
        onConfirm={() => go.mutateAsync({ params: { periode } })}
      >
        <p>Il reprend où il en était. Rien n’est fait deux fois.</p>
      </ConfirmDialog>
    </ButtonRow>
  )
}

/** How far a large closing is. */
export const ClotureProgress = ({ suivi }: { suivi: ClotureSuivi }) => (
  <Card titre={`Arrêté en cours : ${nameOf(suivi.periode)}`}>
    <progress max={Math.max(1, suivi.structures)} value={suivi.faites} aria-label="Structures arrêtées" />
    <p>
      <strong>{formatNumber(suivi.faites)}</strong> sur {plural(suivi.structures, 'structure arrêtée', 'structures arrêtées')}. Il continue
      seul, même si vous quittez cette page ; un avis vous dira quand il est terminé.
    </p>
    <p className="hors-ecran" role="status">
      {announced(suivi)}
    </p>
    <AskAgain {...suivi} />
  </Card>
)

const COLUMNS: readonly Column<ClotureSuivi>[] = [
  { cle: 'periode', titre: 'Période', cell: (row) => nameOf(row.periode) },
  { cle: 'statut', titre: 'Statut', cell: (row) => <ClotureBadge statut={row.statut} /> },
  { cle: 'bordereaux', titre: 'Bordereaux', cell: (row) => formatNumber(row.faites), align: 'droite' },
  { cle: 'pass', titre: 'Pass', cell: (row) => formatNumber(row.pass), align: 'droite' },
  { cle: 'montant', titre: 'Montant', cell: (row) => <Euros centimes={row.montantCentimes} />, align: 'droite' },
  { cle: 'par', titre: 'Arrêté par', cell: (row) => row.par },
  { cle: 'le', titre: 'Le', cell: (row) => <Jour date={parisDay(new Date(row.at))} /> },
]

/** What was closed lately. */
export const ClotureHistory = ({ items }: { items: readonly ClotureSuivi[] }) =>
  items.length === 0 ? null : (
    <section className="pile" aria-labelledby="derniers-arretes">
      <h2 id="derniers-arretes">Derniers arrêtés</h2>
      <DataTable caption={plural(items.length, 'arrêté')} rows={items} rowKey={({ id }) => id} columns={COLUMNS} empty={null} />
    </section>
  )
