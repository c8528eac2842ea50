import { comptePersonnelRoutes, type SessionOuverte } from '@pass/contracts/compte-personnel.ts'
import { METHODE_LABELS } from '@pass/domain/acces.ts'
import { plural } from '@pass/domain/money.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { Badge } from '@pass/web/ui/badge.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { Instant } from '@pass/web/ui/values.tsx'
import { Monitor } from 'lucide-react'
import { useSay } from './done.tsx'

const { closeMySession, closeOtherSessions, listMySessions } = comptePersonnelRoutes

const CloseOne = ({ session }: { session: SessionOuverte }) => {
  const say = useSay()
  const close = useApiMutation(closeMySession, {
    invalidates: [listMySessions],
    onSuccess: () => say({ titre: 'Session fermée.', suite: 'Cet appareil devra se reconnecter.' }),
  })
  if (session.courante) return <Badge tone="info">Celle-ci</Badge>
  return (
    <ConfirmDialog
      label={
        <>
          Fermer<span className="hors-ecran">{` la session de ${session.appareil}`}</span>
        </>
      }
      titre={`Fermer la session de ${session.appareil} ?`}
      action="Fermer cette session"
      danger
      onConfirm={() => close.mutateAsync({ params: { sessionId: session.id } })}
    >
      <p>La personne qui s’en sert sera déconnectée à sa prochaine action.</p>
    </ConfirmDialog>
  )
}

const COLUMNS: readonly Column<SessionOuverte>[] = [
  {
    cle: 'appareil',
    titre: 'Appareil',
    cell: ({ appareil, guichet }) => (
      <>
        <strong>{appareil}</strong>
        {guichet && <span className="petit doux sous">Poste partagé</span>}
      </>
    ),
  },
  { cle: 'organisation', titre: 'Organisation', cell: (row) => row.organisation.nom },
  { cle: 'methode', titre: 'Ouverte par', cell: (row) => METHODE_LABELS[row.methode] },
  { cle: 'ouverte', titre: 'Ouverte le', cell: (row) => <Instant at={row.ouverteAt} /> },
  { cle: 'vue', titre: 'Dernière action', cell: (row) => <Instant at={row.vueAt} /> },
  { cle: 'fermer', titre: 'Fermer', cell: (row) => <CloseOne session={row} /> },
]

const CloseOthers = ({ count }: { count: number }) => {
  const say = useSay()
  const close = useApiMutation(closeOtherSessions, {
    invalidates: [listMySessions],
    onSuccess: ({ fermees }) =>
      say({ titre: `${plural(fermees, 'session fermée', 'sessions fermées')}.`, suite: 'Celle-ci reste ouverte.' }),
  })
  return (
    <ConfirmDialog
      label="Fermer toutes les autres"
      icon={Monitor}
      titre="Fermer toutes vos autres sessions ?"
      action="Fermer toutes les autres sessions"
      danger
      disabledReason={count === 0 ? 'Aucune autre session n’est ouverte.' : null}
      onConfirm={() => close.mutateAsync({})}
    >
      <p>{`${plural(count, 'session sera fermée', 'sessions seront fermées')}. Si vous n’en reconnaissez pas une, changez aussi votre mot de passe.`}</p>
    </ConfirmDialog>
  )
}

/** Where one is signed in, this browser first. */
export const SessionsTable = ({ sessions }: { sessions: readonly SessionOuverte[] }) => (
  <DataTable
    caption={plural(sessions.length, 'session ouverte', 'sessions ouvertes')}
    columns={COLUMNS}
    rows={sessions}
    rowKey={(row) => row.id}
    empty={<p className="rien">Aucune session ouverte.</p>}
    pied={
      <div className="pied">
        <CloseOthers count={sessions.filter((session) => !session.courante).length} />
      </div>
    }
  />
)
