import { formatCode } from '@pass/domain/codes.ts'
import { formatLongDay } from '@pass/domain/days.ts'
import { euros, plural } from '@pass/domain/money.ts'
import { Button } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { ScanLine, ScanList } from '@pass/web/ui/scan-line.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { Check, LoaderCircle } from 'lucide-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import { paths } from '../paths.ts'
import { type Counter, type ScanLine as Line, useCounter } from './counter.ts'
import type { MonDu } from './money-card.tsx'

const FIELD = 'champ-pass'

/** One box for the hand scanner and the keyboard; Enter or « Ajouter » reads the pass. */
const PassField = ({ counter }: { counter: Counter }) => {
  const [error, setError] = useState<string | undefined>()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    // a hand scanner types at once; on a phone the focus would raise the keyboard over the page
    if (globalThis.matchMedia('(pointer: fine)').matches) input.current?.focus({ preventScroll: true })
  }, [])
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    const box = input.current
    if (!box) return
    const refusal = counter.read(box.value)
    setError(refusal?.message)
    if (refusal) box.select()
    else box.value = ''
  }
  return (
    <form noValidate className="lecture" onSubmit={onSubmit}>
      <TextField
        ref={input}
        id={FIELD}
        label="Code du pass"
        aide="Scannez, ou tapez les 12 caractères. Exemple : K7M2-QX9T-B4RS."
        code
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        enterKeyHint="done"
        error={error}
        onChange={() => setError(undefined)}
      />
      <Button type="submit" variant="second">
        Ajouter
      </Button>
    </form>
  )
}

const TONES = { lecture: 'attente', valable: 'bien', refuse: 'refus', utilise: 'bien', inconnu: 'attente' } as const
const ICONS = { lecture: LoaderCircle, utilise: Check } as const

const CounterLine = ({ line, counter }: { line: Line; counter: Counter }) => {
  const { code, etat, titre, detail, definitif = false } = line
  const icon = etat === 'lecture' || etat === 'utilise' ? ICONS[etat] : undefined
  return (
    <ScanLine
      tone={TONES[etat]}
      titre={titre}
      code={formatCode(code)}
      {...(icon && { icon })}
      {...(detail && { detail })}
      action={
        etat === 'lecture' || etat === 'utilise' ? null : (
          <span className="ligne-actions">
            {etat !== 'valable' && !definitif && (
              <Button variant="lien" onClick={() => void counter.check(line)} aria-label={`Réessayer ${formatCode(code)}`}>
                Réessayer
              </Button>
            )}
            <Button variant="lien" onClick={() => counter.forget(code)} aria-label={`Retirer ${formatCode(code)}`}>
              Retirer
            </Button>
          </span>
        )
      }
    />
  )
}

/** What the last gesture did: the fact, the amount, what comes next. */
const Outcome = ({ counter: { acte, redeem, twice, refusedByRule }, du }: { counter: Counter; du: MonDu }) => {
  if (twice) return <Notice tone="attente" titre={`Déjà lu : ${formatCode(twice)}.`} />
  if (acte)
    return (
      <Notice tone="bien" titre={`${plural(acte.pass.length, 'pass utilisé', 'pass utilisés')} : ${euros(acte.montantCentimes)}.`}>
        {du.prochainVirement ? `Virement autour du ${formatLongDay(du.prochainVirement)}.` : 'Le virement attend : voyez la raison.'}{' '}
        <Link to={paths.virements()}>Voir les virements</Link>
      </Notice>
    )
  if (redeem.error && refusedByRule > 0)
    return (
      <Notice tone="refus" titre="Aucun pass n’a été utilisé.">
        {`${plural(refusedByRule, 'pass est refusé', 'pass sont refusés')} : la raison est sur la ligne. Les autres restent prêts.`}
      </Notice>
    )
  return redeem.error ? <Notice tone="refus">{redeem.error.message}</Notice> : null
}

/** The counter of an atelier: read, see, then use them all at once, or none. */
export const CounterCard = ({ atelierId, du }: { atelierId: string; du: MonDu }) => {
  const counter = useCounter(atelierId)
  const count = counter.ready.length
  const outcome = useRef<HTMLDivElement>(null)
  const { twice, acte, redeem, lines } = counter
  const said = twice ?? acte?.acteId ?? redeem.error ?? lines[0]?.code
  useEffect(() => {
    // on a small phone the answer would be born under the button that stays at the bottom
    if (said) outcome.current?.scrollIntoView({ block: 'nearest' })
  }, [said])
  return (
    <Card titre="Utiliser des pass">
      <PassField counter={counter} />
      <div role="status" ref={outcome} className="issue">
        <Outcome counter={counter} du={du} />
      </div>
      {counter.lines.length > 0 && (
        <ScanList>
          {counter.lines.map((line) => (
            <CounterLine key={line.code} line={line} counter={counter} />
          ))}
        </ScanList>
      )}
      <div className="utiliser" data-pret={count > 0 || undefined}>
        <Button
          pending={counter.redeem.isPending}
          disabledReason={count === 0 ? 'Lisez au moins un pass valable.' : null}
          onClick={counter.use}
        >
          {count === 0 ? 'Utiliser les pass' : `Utiliser ${plural(count, 'pass', 'pass')}`}
        </Button>
      </div>
    </Card>
  )
}
