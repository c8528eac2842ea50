import { type ComponentProps, useState } from 'react'
import { passwordAdvice } from '../password-advice.ts'
import { TextField } from './text-field.tsx'

type Props = {
  label?: string
  /** What the person may be guessed by: names, address, organisation. */
  words?: readonly string[]
  /** What stands in the box (`form.watch(name)`): the advice follows it. */
  typed: unknown
  error?: string | undefined
} & Omit<ComponentProps<typeof TextField>, 'label' | 'error' | 'type' | 'autoComplete'>

const STEPS = [1, 2, 3, 4]

const Meter = ({ motDePasse, words }: { motDePasse: string; words: readonly string[] }) => {
  const { force, texte } = passwordAdvice(motDePasse, words)
  return (
    <div className="force" data-force={force}>
      <div aria-hidden="true">
        {STEPS.map((step) => (
          <i key={step} data-plein={step <= force || undefined} />
        ))}
      </div>
      <p className="petit" role="status">
        {texte}
      </p>
    </div>
  )
}

/** A password being chosen: it can be read while it is typed, and a piece of advice says how good it is. */
export const NewPasswordField = ({ label = 'Nouveau mot de passe', words = [], typed, ...field }: Props) => {
  const [shown, setShown] = useState(false)
  return (
    <div className="nouveau-mot-de-passe">
      <TextField {...field} label={label} type={shown ? 'text' : 'password'} autoComplete="new-password" spellCheck={false} />
      <Meter motDePasse={typeof typed === 'string' ? typed : ''} words={words} />
      <label className="montrer">
        <input type="checkbox" checked={shown} onChange={() => setShown(!shown)} />
        <span>Montrer ce que je tape</span>
      </label>
    </div>
  )
}
