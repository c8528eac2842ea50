import { formatCode } from '@pass/domain/codes.ts'
import { formatInstant, PARIS } from '@pass/domain/days.ts'
import { euros, plural } from '@pass/domain/money.ts'
import { useAct } from '@pass/web/api.ts'
import { useSession } from '@pass/web/session.tsx'
import { Badge } from '@pass/web/ui/badge.tsx'
import { Button } from '@pass/web/ui/button.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Hourglass } from 'lucide-react'
import { type ActeGarde, type Refus, worthRetrying } from '../offline/acts.ts'
import { forgetAct, retryAct } from '../offline/engine.ts'
import { useGuichet } from '../offline/state.ts'

const Etat = ({ etat, aExaminer = false }: Pick<ActeGarde, 'etat' | 'aExaminer'>) => {
  if (etat === 'attente')
    return (
      <Badge tone="attente" icon={Hourglass}>
        En attente
      </Badge>
    )
  if (etat === 'refuse') return <Badge tone="refus">Refusé</Badge>
  return aExaminer ? <Badge tone="attente">Validé, à examiner</Badge> : <Badge tone="bien">Validé</Badge>
}

const Reasons = ({ acte, refus }: { acte: ActeGarde; refus: Refus }) => (
  <>
    {refus.pass.length === 0 && <p>{refus.message}</p>}
    <ul className="raisons">
      {refus.pass.map(({ rang, message, suite }) => (
        <li key={rang}>
          <span className="code petit">{formatCode(acte.pass[rang]?.code ?? '')}</span> <strong>{message}</strong> {suite}
        </li>
      ))}
    </ul>
    {refus.pass.length > 0 && acte.nombre > refus.pass.length && <p>Aucun pass de cet acte n’a été utilisé.</p>}
  </>
)

/** What can be done of a refused act: another try with what is worth it, or nothing more. */
const RefusedActions = ({ acte }: { acte: ActeGarde }) => {
  const retry = useAct(() => retryAct(acte))
  const left = worthRetrying(acte).length
  return (
    <div className="acte-garde-actions">
      {left > 0 && (
        <Button variant="lien" pending={retry.isPending} onClick={() => retry.mutate()}>
          {left < acte.nombre ? `Réessayer avec ${plural(left, 'pass', 'pass')}` : 'Réessayer'}
        </Button>
      )}
      <ConfirmDialog
        label="Retirer de la liste"
        variant="lien"
        titre="Retirer cet acte de la liste ?"
        action="Retirer de la liste"
        onConfirm={() => forgetAct(acte)}
      >
        <p>Il a été refusé&nbsp;: aucun pass n’a été utilisé et rien ne sera payé.</p>
      </ConfirmDialog>
    </div>
  )
}

/** Never sent: it can still be undone here. Once sent, nobody knows: its answer comes first. */
const WaitingActions = ({ acte }: { acte: ActeGarde }) =>
  acte.corps === null ? (
    <div className="acte-garde-actions">
      <ConfirmDialog
        label="Annuler"
        variant="lien"
        danger
        titre={`Annuler cet acte\u00a0: ${plural(acte.nombre, 'pass', 'pass')}\u00a0?`}
        action={acte.nombre > 1 ? 'Ne pas utiliser ces pass' : 'Ne pas utiliser ce pass'}
        onConfirm={() => forgetAct(acte)}
      >
        <p>Il n’est pas encore parti&nbsp;: {acte.nombre > 1 ? 'les pass restent valables' : 'le pass reste valable'}.</p>
      </ConfirmDialog>
    </div>
  ) : (
    <p className="petit doux">Déjà envoyé une fois, sans réponse. Il sera renvoyé tel quel&nbsp;: rien ne sera fait deux fois.</p>
  )

const KeptAct = ({ acte }: { acte: ActeGarde }) => {
  const { organisation } = useSession()
  const { paquet } = useGuichet()
  const zone = paquet?.ateliers.find(({ id }) => id === acte.atelierId)?.lieu.fuseau ?? PARIS
  return (
    <li className="acte-garde">
      <div className="acte-garde-titre">
        <h3>{acte.titre}</h3>
        <Etat {...acte} />
      </div>
      <p className="petit doux">
        {plural(acte.nombre, 'pass', 'pass')}
        {acte.montantCentimes !== null && `, ${euros(acte.montantCentimes)}`}, lu le {formatInstant(new Date(acte.scanneAt), zone)}
      </p>
      {acte.aExaminer && <p className="petit">L’opérateur vérifie l’heure de cet appareil avant le paiement.</p>}
      {acte.etat === 'attente' && <p className="code petit">{acte.pass.map(({ code }) => formatCode(code)).join(', ')}</p>}
      {acte.organisationId !== organisation.id && (
        <Notice tone="attente">Fait pour une autre de vos organisations&nbsp;: changez-en pour l’envoyer.</Notice>
      )}
      {acte.refus && <Reasons acte={acte} refus={acte.refus} />}
      {acte.etat === 'refuse' && <RefusedActions acte={acte} />}
      {acte.etat === 'attente' && <WaitingActions acte={acte} />}
    </li>
  )
}

const ORDER = { refuse: 0, attente: 1, valide: 2 } as const

/** Acts of this person on this device: what needs somebody first, then what waits, then what is done. */
export const KeptActs = ({ actes }: { actes: readonly ActeGarde[] }) => (
  <ul className="actes-gardes">
    {actes
      .toSorted((a, b) => ORDER[a.etat] - ORDER[b.etat] || (b.rang ?? 0) - (a.rang ?? 0))
      .map((acte) => (
        <KeptAct key={acte.cle} acte={acte} />
      ))}
  </ul>
)
