import { creanceRoutes } from '@pass/contracts/creances.ts'
import { parseForeignCode } from '@pass/domain/codes-anciens.ts'
import { CREANCE_PASS_MAX } from '@pass/domain/creances.ts'
import { pluralPass } from '@pass/domain/money.ts'
import { apiQuery, useApiMutation, useWarmed, warm } from '@pass/web/api.ts'
import { useWhyNot } from '@pass/web/reason.ts'
import { today } from '@pass/web/session.tsx'
import { Button, ButtonRow } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { DateField } from '@pass/web/ui/date-field.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Fieldset } from '@pass/web/ui/fieldset.tsx'
import { RefusalNotice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { SelectField } from '@pass/web/ui/select-field.tsx'
import { TextAreaField } from '@pass/web/ui/text-field.tsx'
import { Plus, Send, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { paths } from '../paths.ts'

const { listCreanceReprises, declareCreance, listCreances } = creanceRoutes

export const loader = () => warm({ reprises: apiQuery(listCreanceReprises, {}) })

/** The pass of one day, their codes one a line. */
type Jour = { cle: number; dateUtilisation: string; codes: string }

const codesIn = ({ codes }: Jour): string[] =>
  codes
    .split(/[\n;,]/)
    .map((code) => code.trim())
    .filter(Boolean)

/** The first line of a day that cannot be a code, in words. */
const faultOf = (jour: Jour): string | undefined => {
  for (const [i, code] of codesIn(jour).entries()) {
    const read = parseForeignCode(code)
    if (!read.ok) return `Ligne ${i + 1} : ${read.refusal.message}`
  }
  return undefined
}

const reasonOf = (repriseId: string, jours: readonly Jour[]): string | null => {
  const nombre = jours.reduce((sum, jour) => sum + codesIn(jour).length, 0)
  if (repriseId === '') return 'Choisissez l’ancien opérateur.'
  if (nombre === 0) return 'Indiquez au moins un code de pass.'
  if (nombre > CREANCE_PASS_MAX) return `${CREANCE_PASS_MAX} pass au plus par créance : déclarez-en plusieurs.`
  if (jours.some((jour) => jour.dateUtilisation === '' && codesIn(jour).length > 0)) return 'Indiquez le jour de chaque atelier.'
  return jours.some((jour) => faultOf(jour)) ? 'Corrigez les codes signalés.' : null
}

type DayProps = { jour: Jour; rank: number; onChange: (jour: Jour) => void; onRemove: (() => void) | undefined }

const Day = ({ jour, rank, onChange, onRemove }: DayProps) => (
  <Fieldset legende={`Jour ${rank + 1}`}>
    <div className="pile">
      <DateField
        label="Jour d’utilisation"
        max={today()}
        value={jour.dateUtilisation}
        onChange={({ target }) => onChange({ ...jour, dateUtilisation: target.value })}
      />
      <TextAreaField
        label="Codes des pass"
        aide="Un par ligne, tels qu’ils sont imprimés. Ils ne sont jamais gardés."
        rows={4}
        autoComplete="off"
        spellCheck={false}
        error={faultOf(jour)}
        value={jour.codes}
        onChange={({ target }) => onChange({ ...jour, codes: target.value })}
      />
      {onRemove && (
        <div>
          <Button variant="lien" icon={Trash2} onClick={onRemove} aria-label={`Retirer le jour ${rank + 1}`}>
            Retirer
          </Button>
        </div>
      )}
    </div>
  </Fieldset>
)

const useDays = () => {
  const [jours, setJours] = useState<Jour[]>([{ cle: 0, dateUtilisation: '', codes: '' }])
  return {
    jours,
    put: (next: Jour) => setJours((old) => old.map((jour) => (jour.cle === next.cle ? next : jour))),
    remove: (cle: number) => setJours((old) => old.filter((jour) => jour.cle !== cle)),
    add: () => setJours((old) => [...old, { cle: Math.max(...old.map(({ cle }) => cle)) + 1, dateUtilisation: '', codes: '' }]),
  }
}

type Sending = { repriseId: string; jours: readonly Jour[]; commentaire: string }

/** What stops the declaration, then its button. */
const Declare = ({ repriseId, jours, commentaire }: Sending) => {
  const navigate = useNavigate()
  const whyNot = useWhyNot()
  const declare = useApiMutation(declareCreance, {
    invalidates: [listCreances],
    onSuccess: ({ id }) => navigate(paths.creance({ creanceId: id })),
  })
  const pass = jours.flatMap((jour) => codesIn(jour).map((code) => ({ code, dateUtilisation: jour.dateUtilisation })))
  return (
    <>
      <RefusalNotice error={declare.error} />
      <ButtonRow>
        <Button
          icon={Send}
          pending={declare.isPending}
          disabledReason={whyNot('creance:declare') ?? reasonOf(repriseId, jours)}
          onClick={() => declare.mutate({ body: { repriseId, pass, commentaire: commentaire.trim() || null } })}
        >
          {pass.length > 0 ? `Déclarer ${pluralPass(pass.length)}` : 'Déclarer les pass'}
        </Button>
      </ButtonRow>
    </>
  )
}

const Declaration = () => {
  const { reprises } = useWarmed<typeof loader>()
  const [repriseId, setRepriseId] = useState(reprises.items.length === 1 ? reprises.items[0]!.id : '')
  const [commentaire, setCommentaire] = useState('')
  const { jours, put, remove, add } = useDays()
  return (
    <Card>
      <div className="pile">
        <SelectField
          label="Ancien opérateur"
          value={repriseId}
          options={reprises.items.map(({ id, ancienOperateur, collectivite }) => ({
            value: id,
            label: `${ancienOperateur}, carnets de ${collectivite}`,
          }))}
          onChange={({ target }) => setRepriseId(target.value)}
        />
        {jours.map((jour, rank) => (
          <Day key={jour.cle} jour={jour} rank={rank} onChange={put} onRemove={jours.length > 1 ? () => remove(jour.cle) : undefined} />
        ))}
        <div>
          <Button variant="second" icon={Plus} onClick={add}>
            Ajouter un jour
          </Button>
        </div>
        <TextAreaField
          label="Commentaire"
          facultatif
          aide="Sans nom de personne."
          rows={2}
          maxLength={500}
          value={commentaire}
          onChange={({ target }) => setCommentaire(target.value)}
        />
        <Declare repriseId={repriseId} jours={jours} commentaire={commentaire} />
      </div>
    </Card>
  )
}

export const Component = () => {
  const { reprises } = useWarmed<typeof loader>()
  return (
    <Page
      titre="Déclarer des pass impayés"
      fil={[
        { to: paths.journee(), label: 'Ma journée' },
        { to: paths.creances(), label: 'Pass impayés' },
      ]}
      intro="Vous déposerez la preuve à l’étape suivante. L’opérateur examine, puis une autre personne décide."
      etroit
    >
      {reprises.items.length === 0 ? (
        <EmptyState titre="Aucune reprise pour le moment">
          Les pass d’un ancien opérateur se déclarent une fois ses carnets repris par un opérateur et une collectivité.
        </EmptyState>
      ) : (
        <Declaration />
      )}
    </Page>
  )
}
