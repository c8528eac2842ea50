import { Notice } from '@pass/web/ui/notice.tsx'
import { type ReactNode, createContext, use, useState } from 'react'

type Fait = { titre: string; suite?: ReactNode }

const SayContext = createContext<(fait: Fait) => void>(() => {})

/** `say({ titre: 'Accès retiré.', suite: … })`: what was just done, said on top of the page, where it stays. */
export const useSay = () => use(SayContext)

/** Around the content of a page whose rows act: what is done in any of them is said in one place. */
export const WithDone = ({ children }: { children: ReactNode }) => {
  const [fait, setFait] = useState<Fait | null>(null)
  return (
    <SayContext value={setFait}>
      {fait && (
        <Notice tone="bien" live="status" titre={fait.titre}>
          {fait.suite}
        </Notice>
      )}
      {children}
    </SayContext>
  )
}
