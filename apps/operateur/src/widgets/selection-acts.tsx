import { type BordereauSummary, bordereauRoutes, SELECTION_MAX } from '@pass/contracts/bordereaux.ts'
import { remiseBancaireRoutes } from '@pass/contracts/remises-bancaires.ts'
import { approvableStatut, whyNotBordereau } from '@pass/domain/bordereaux.ts'
import type { Droit } from '@pass/domain/droits.ts'
import { euros, plural } from '@pass/domain/money.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { useCan } from '@pass/web/session.tsx'
import { Button, ButtonRow } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { BadgeCheck, ClipboardCheck, type LucideIcon, Send } from 'lucide-react'
import { BORDEREAU_READS, type Said } from './act.ts'
import { BANQUE_READS } from './banque-reads.ts'

type Props = {
  /** The rows of the page, and those that are ticked. */
  rows: readonly BordereauSummary[]
  chosen: ReadonlySet<string>
  onChoose: (ids: readonly string[]) => void
  onDone: (said: Said) => void
}

const statutOf = ({ statut, approbations }: BordereauSummary) =>
  // an amount may ask for one approval more than it has
  approbations && approbations.donnees < approbations.demandees
    ? approvableStatut({ statut, approuvePar: null }, approbations.demandees)
    : statut

/** Approved by as many people as its amount asks for. */
const isReleasable = ({ statut, approbations }: BordereauSummary): boolean =>
  !whyNotBordereau('release', statut) && !(approbations && approbations.donnees < approbations.demandees)

/** True when one of the acts of a selection may start from this bordereau. */
export const isChoosable = (row: BordereauSummary, can: (droit: Droit) => boolean): boolean =>
  (can('bordereau:check') && !whyNotBordereau('check', row.statut)) ||
  (can('bordereau:approve') && !whyNotBordereau('approve', statutOf(row))) ||
  (can('bordereau:release') && isReleasable(row))

const useActs = ({ onChoose, onDone }: Pick<Props, 'onChoose' | 'onDone'>) => {
  const check = useApiMutation(bordereauRoutes.checkBordereaux, {
    invalidates: BORDEREAU_READS,
    onSuccess: ({ bordereaux, montantCentimes }) => {
      onChoose([])
      onDone({
        titre: `${plural(bordereaux, 'bordereau contrôlé', 'bordereaux contrôlés')}, ${euros(montantCentimes)}.`,
        suite: 'Une autre personne les approuve maintenant.',
      })
    },
  })
  const approve = useApiMutation(bordereauRoutes.approveBordereaux, {
    invalidates: BORDEREAU_READS,
    onSuccess: ({ bordereaux, montantCentimes, enAttente }) => {
      onChoose([])
      onDone({
        titre: `${plural(bordereaux, 'bordereau approuvé', 'bordereaux approuvés')}, ${euros(montantCentimes)}.`,
        suite:
          enAttente > 0
            ? `${plural(enAttente, 'montant demande', 'montants demandent')} encore l’approbation d’une autre personne.`
            : 'Une troisième personne les transmet maintenant à la banque.',
      })
    },
  })
  const release = useApiMutation(remiseBancaireRoutes.releaseSelection, {
    invalidates: BANQUE_READS,
    onSuccess: ({ reference, virements, montantCentimes }) => {
      onChoose([])
      onDone({
        titre: `Fichier ${reference} figé : ${plural(virements, 'virement')}, ${euros(montantCentimes)}.`,
        suite: 'Téléchargez-le depuis « Virements transmis », déposez-le à la banque, puis importez sa réponse.',
      })
    },
  })
  return { check, approve, release }
}

type Act = { droit: Droit; label: string; icon: LucideIcon; sens: string; isFor: (row: BordereauSummary) => boolean }

const CHECK: Act = {
  droit: 'bordereau:check',
  label: 'Contrôler',
  icon: ClipboardCheck,
  sens: 'Vous confirmez avoir comparé les lignes, les sous-totaux et les comptes des structures.',
  isFor: (row) => !whyNotBordereau('check', row.statut),
}
const APPROVE: Act = {
  droit: 'bordereau:approve',
  label: 'Approuver',
  icon: BadgeCheck,
  sens: 'Votre approbation autorise les virements. Une troisième personne les transmet à la banque.',
  isFor: (row) => !whyNotBordereau('approve', statutOf(row)),
}

const RELEASE: Act = {
  droit: 'bordereau:release',
  label: 'Transmettre',
  icon: Send,
  sens: 'Ils partent en un seul fichier SEPA, figé : il ne peut plus être changé.',
  isFor: isReleasable,
}

const ActButton = ({ act, chosen, go }: { act: Act; chosen: readonly BordereauSummary[]; go: (ids: string[]) => Promise<unknown> }) => {
  const total = chosen.reduce((sum, { montantCentimes }) => sum + montantCentimes, 0)
  const others = chosen.filter((row) => !act.isFor(row)).length
  const what = plural(chosen.length, 'bordereau', 'bordereaux')
  return (
    <ConfirmDialog
      label={`${act.label} ${what}`}
      variant="principal"
      icon={act.icon}
      disabledReason={
        others > 0 ? `${plural(others, 'bordereau choisi n’est', 'bordereaux choisis ne sont')} pas à cette étape. Décochez-les.` : null
      }
      titre={`${act.label} ${what} ?`}
      action={`${act.label} ${euros(total)}`}
      onConfirm={() => go(chosen.map(({ id }) => id))}
    >
      <p>
        <strong>{`${what}, ${euros(total)}.`}</strong> {act.sens} Si l’un d’eux ne peut pas l’être, aucun ne change.
      </p>
    </ConfirmDialog>
  )
}

/** What may be done at once with the bordereaux that are ticked: each act for whoever holds its role. */
export const SelectionActs = ({ rows, chosen, onChoose, onDone }: Props) => {
  const can = useCan()
  const { check, approve, release } = useActs({ onChoose, onDone })
  const choosable = rows.filter((row) => isChoosable(row, can))
  if (choosable.length === 0) return null
  const ticked = rows.filter(({ id }) => chosen.has(id))
  const total = ticked.reduce((sum, { montantCentimes }) => sum + montantCentimes, 0)
  return (
    <Card titre="Agir sur plusieurs bordereaux">
      <p role="status">
        {ticked.length === 0
          ? 'Cochez les bordereaux dans la liste.'
          : `${plural(ticked.length, 'bordereau choisi', 'bordereaux choisis')}, ${euros(total)}.`}
      </p>
      <ButtonRow>
        {ticked.length > 0 && can('bordereau:check') && (
          <ActButton act={CHECK} chosen={ticked} go={(bordereauIds) => check.mutateAsync({ body: { bordereauIds } })} />
        )}
        {ticked.length > 0 && can('bordereau:approve') && (
          <ActButton act={APPROVE} chosen={ticked} go={(bordereauIds) => approve.mutateAsync({ body: { bordereauIds } })} />
        )}
        {ticked.length > 0 && can('bordereau:release') && (
          <ActButton act={RELEASE} chosen={ticked} go={(bordereauIds) => release.mutateAsync({ body: { bordereauIds } })} />
        )}
        {ticked.length < choosable.length && (
          <Button variant="second" onClick={() => onChoose(choosable.slice(0, SELECTION_MAX).map(({ id }) => id))}>
            {choosable.length === 1 ? 'Cocher le seul de cette page' : `Cocher les ${choosable.length} de cette page`}
          </Button>
        )}
        {ticked.length > 0 && (
          <Button variant="lien" onClick={() => onChoose([])}>
            Tout décocher
          </Button>
        )}
      </ButtonRow>
    </Card>
  )
}
