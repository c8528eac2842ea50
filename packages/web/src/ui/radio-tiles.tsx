import type { LucideIcon } from 'lucide-react'
import type { ComponentPropsWithRef, ReactNode } from 'react'
import { Fieldset } from './fieldset.tsx'

export type Tile = { value: string; label: ReactNode; detail?: ReactNode; icon?: LucideIcon }

type Props = {
  legende: ReactNode
  options: readonly Tile[]
  aide?: ReactNode
  error?: string | undefined
  facultatif?: boolean
  id?: string | undefined
  /** The answer chosen, outside a form that holds it; null for none yet. */
  choisi?: string | null
} & Omit<ComponentPropsWithRef<'input'>, 'id' | 'className' | 'type' | 'value'>

/** One answer among a few, each a large surface to press. Real radio buttons: arrow keys, one tab stop. */
export const RadioTiles = ({ legende, options, aide, error, facultatif = false, id, choisi, ...radio }: Props) => (
  <Fieldset {...{ legende, aide, error, facultatif, id }} className="tuiles">
    <div className="tuiles-rang">
      {options.map(({ value, label, detail, icon: Icon }) => (
        <label key={value} className="tuile">
          <input {...radio} type="radio" value={value} {...(choisi !== undefined && { checked: choisi === value })} />
          {Icon && <Icon aria-hidden="true" />}
          <span>
            <strong>{label}</strong>
            {detail && <span className="petit doux">{detail}</span>}
          </span>
        </label>
      ))}
    </div>
  </Fieldset>
)
