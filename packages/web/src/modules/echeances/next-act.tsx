import { accueilRoutes } from '@pass/contracts/accueil.ts'
import { type Echeance, echeanceRoutes } from '@pass/contracts/echeances.ts'
import { formatDay } from '@pass/domain/days.ts'
import {
  ACCORD_ETAPES,
  type AccordEtape,
  ACCORD_PARTIES,
  manquantsOf,
  type Partie,
  PARTIES,
  whyNotAccorder,
  whyNotClore,
  whyNotEtablirReleve,
} from '@pass/domain/echeance-suivi.ts'
import { euros, formatNumber, plural, pluralPass } from '@pass/domain/money.ts'
import { useApiMutation } from '../../api.ts'
import { useWhyNot } from '../../reason.ts'
import { today, useSession } from '../../session.tsx'
import { ButtonRow } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Jour } from '../../ui/values.tsx'
import { whoInWords } from './who-acts.tsx'

/** What an act on the end of a lot changes elsewhere. */
export const ECHEANCE_READS = [echeanceRoutes.getEcheance, echeanceRoutes.listEcheances, accueilRoutes.getAccueil]

type Props = { echeance: Echeance; onDone: (fact: string) => void }

const WORDS: Record<AccordEtape, { label: string; titre: string; action: string; fait: string }> = {
  arret_distribution: {
    label: 'Arrêter la distribution',
    titre: 'Arrêter la distribution de ces carnets ?',
    action: 'Donner mon accord',
    fait: 'Accord enregistré. Les points de distribution ne remettent plus ces carnets à partir du jour de l’arrêt.',
  },
  constat: {
    label: 'Reconnaître les comptes',
    titre: 'Reconnaître ces comptes ?',
    action: 'Reconnaître les comptes',
    fait: 'Comptes reconnus. L’autre partie en est informée.',
  },
  releve: {
    label: 'Signer le relevé commun',
    titre: 'Signer le relevé commun ?',
    action: 'Signer le relevé',
    fait: 'Relevé signé. L’autre partie en est informée.',
  },
}

const Said = ({ etape, echeance: { comptes, pass, releve } }: { etape: AccordEtape; echeance: Echeance }) => {
  if (etape === 'arret_distribution')
    return <p>Une remise faite ensuite demandera votre dérogation écrite, et son usage sera à votre seule charge.</p>
  const shown = etape === 'releve' && releve ? releve : { comptes, pass, montantCentimes: null }
  return (
    <>
      <p>
        {plural(shown.comptes.emis, 'carnet émis', 'carnets émis')}, dont {formatNumber(shown.comptes.remis)} remis et{' '}
        {formatNumber(shown.comptes.entames)} entamés. {pluralPass(shown.pass.passUtilises)} utilisés.
      </p>
      {shown.montantCentimes !== null && <p>À rendre par un avoir&nbsp;: {euros(shown.montantCentimes)}.</p>}
    </>
  )
}

const AgreeButton = ({ echeance, etape, partie, onDone }: Props & { etape: AccordEtape; partie: Partie }) => {
  const whyNot = useWhyNot()
  const agree = useApiMutation(echeanceRoutes.acknowledgeEcheance, {
    invalidates: ECHEANCE_READS,
    onSuccess: () => onDone(WORDS[etape].fait),
  })
  const { label, titre, action } = WORDS[etape]
  return (
    <ConfirmDialog
      label={label}
      variant="principal"
      disabledReason={whyNot('echeance:agree', whyNotAccorder(etape, partie, echeance, today()))}
      titre={titre}
      action={action}
      onConfirm={() => agree.mutateAsync({ params: { lotId: echeance.lotId }, body: { etape } })}
    >
      <Said etape={etape} echeance={echeance} />
    </ConfirmDialog>
  )
}

const CloseButton = ({ echeance, onDone }: Props) => {
  const whyNot = useWhyNot()
  const close = useApiMutation(echeanceRoutes.closeLot, {
    invalidates: ECHEANCE_READS,
    onSuccess: ({ statut, avoir }) =>
      onDone(
        statut === 'cloture'
          ? 'La clôture est en cours : ce lot est grand, elle se fait par parties.'
          : avoir
            ? `Lot clos. Avoir ${avoir.numero} de ${euros(avoir.montantCentimes)} établi.`
            : 'Lot clos. Il n’y avait rien à rendre.',
      ),
  })
  const { releve, pass } = echeance
  return (
    <ConfirmDialog
      label="Clore le lot"
      variant="principal"
      danger
      disabledReason={whyNot('echeance:close', whyNotClore({ ...echeance, signes: releve?.pass ?? null, actuels: pass }, today()))}
      titre="Clore ce lot ?"
      action="Clore le lot"
      onConfirm={() => close.mutateAsync({ params: { lotId: echeance.lotId } })}
    >
      <p>{pluralPass(pass.passExpires)} ne pourront plus jamais servir.</p>
      {releve && <p>Un avoir de {euros(releve.montantCentimes)} est établi, partagé selon la clé de la convention.</p>}
    </ConfirmDialog>
  )
}

/** Writes the joint statement, or writes it again when the counts have moved since. */
const ReleveButton = ({ echeance, onDone }: Props) => {
  const whyNot = useWhyNot()
  const again = echeance.releve !== null
  const write = useApiMutation(echeanceRoutes.establishReleve, {
    invalidates: ECHEANCE_READS,
    onSuccess: () => onDone('Relevé établi. Chaque partie le relit, puis le signe.'),
  })
  return (
    <ConfirmDialog
      label={again ? 'Établir de nouveau' : 'Établir le relevé'}
      variant={again ? 'second' : 'principal'}
      disabledReason={whyNot('echeance:close', whyNotEtablirReleve(echeance, today()))}
      titre={again ? 'Établir de nouveau le relevé commun ?' : 'Établir le relevé commun ?'}
      action="Établir le relevé"
      onConfirm={() => write.mutateAsync({ params: { lotId: echeance.lotId } })}
    >
      <p>
        {again ? 'Les signatures déjà données ne vaudront plus.' : 'Les comptes de ce jour sont fixés, puis signés par les deux parties.'}
      </p>
    </ConfirmDialog>
  )
}

const Acts = ({ echeance, onDone }: Props) => {
  const { organisation } = useSession()
  const { prochaine, releve, statut, accords } = echeance
  const partie = PARTIES.find((one) => one === organisation.type)
  const etape = ACCORD_ETAPES.find((one) => one === prochaine?.etape)
  if (!prochaine || !partie || statut === 'cloture') return null
  const agrees = etape && (etape !== 'releve' || releve) && ACCORD_PARTIES[etape].includes(partie) && prochaine.acteurs.includes(partie)
  const signed = releve !== null && manquantsOf('releve', accords).length === 0
  const writes = partie === 'operateur' && etape === 'releve' && prochaine.date <= today()
  return (
    <ButtonRow>
      {agrees && !signed && <AgreeButton echeance={echeance} etape={etape} partie={partie} onDone={onDone} />}
      {partie === 'operateur' && signed && <CloseButton echeance={echeance} onDone={onDone} />}
      {writes && <ReleveButton echeance={echeance} onDone={onDone} />}
    </ButtonRow>
  )
}

const Progress = ({ progression }: Pick<Echeance, 'progression'>) => (
  <>
    <progress
      {...(progression && progression.total > 0 && { max: progression.total, value: progression.fait })}
      aria-label="Clôture en cours"
    />
    <p role="status">
      {progression && progression.total > 0
        ? `${formatNumber(progression.fait)} carnets sur ${formatNumber(progression.total)}`
        : 'La clôture commence dans un instant.'}
    </p>
  </>
)

const myTurn = (acteurs: readonly Partie[], mine: string): string => {
  const others = acteurs.filter((one) => one !== mine)
  return others.length === 0 ? 'C’est à vous d’agir.' : `C’est à vous d’agir. ${whoInWords(others, mine)} doit le faire aussi.`
}

/** What comes next for a lot, whose turn it is, and the button of the reader. */
export const NextAct = ({ echeance, onDone }: Props) => {
  const { organisation } = useSession()
  const { prochaine, statut, progression, dateFin } = echeance
  if (!prochaine)
    return (
      <Card titre="Prochaine étape">
        <p>Ce lot est clos : il ne reste rien à faire.</p>
      </Card>
    )
  const mine = prochaine.acteurs.some((one) => one === organisation.type)
  return (
    <Card titre="Prochaine étape">
      <p>
        <strong>{prochaine.action}</strong>
        {prochaine.date > today() ? (
          <>
            , <Jour date={prochaine.date} phrase />
          </>
        ) : null}
      </p>
      {statut === 'cloture' ? (
        <Progress progression={progression} />
      ) : (
        <p className="doux">
          {prochaine.acteurs.length === 0
            ? `Personne n’a rien à faire avant ce jour. Carnets valables jusqu’au ${formatDay(dateFin)}.`
            : mine
              ? myTurn(prochaine.acteurs, organisation.type)
              : `En attente de : ${whoInWords(prochaine.acteurs, organisation.type).toLowerCase()}.`}
        </p>
      )}
      <Acts echeance={echeance} onDone={onDone} />
    </Card>
  )
}
