const figures=text=>{const length=text.length,found=new Int32Array(length),at=i=>{const c=text.charCodeAt(i);
return c-32-(c>34?1:0)-(c>92?1:0)};
let size=0;
for(let i=0;i<length;){const d=at(i++);
if(d<63)found[size++]=d;
else if(d<92)found[size++]=63+(d-63)*93+at(i++);
else{found[size++]=(at(i)*93+at(i+1))*93+at(i+2);i+=3}}
return found.subarray(0,size)};
const described=({names,periods,kinds,given})=>{const[n,p,m,k,w]=given.map(figures),found=[];
for(let j=0;j<n.length;j++){const one=[names[n[j]],periods[p[j]],m[j],kinds[k[j]]];
if(w[j])one.push(w[j]-1);
found.push(one)}
return found};
const read=(p,h)=>{const operations=figures(p.operations),constants=figures(p.constants),values=figures(p.values),
length=operations.length,kernels=Int32Array.from(p.kernels),arity=kernels.map(k=>ARITY[k]),
named=new Int32Array(h+length),stack=new Int32Array(length),steps=new Int32Array(5*length);
let next=h+p.figures.length,names=h,top=0,size=0,c=0,v=0;
for(let j=0;j<h;j++)named[j]=j;
for(let j=0;j<length;j++){const o=operations[j];
if(o==0)named[names++]=stack[--top];
else if(o==1)stack[top++]=h+constants[c++];
else if(o==2)stack[top++]=named[names-values[v++]];
else{const count=arity[o-3];top-=count;
steps[size]=kernels[o-3];steps[size+1]=next;steps[size+2]=stack[top];
steps[size+3]=count>1?stack[top+1]:-1;steps[size+4]=count>2?stack[top+2]:-1;
stack[top++]=next++;size+=5}}
return{named,next,steps:steps.subarray(0,size)}};
const placed=(p,h)=>{const{named,next,steps}=read(p,h),length=steps.length,place=new Int32Array(next),
last=new Int32Array(next).fill(-1),free=new Int32Array(next),k=p.figures.length,id=r=>r<0?h-1-r:named[r];
let size=h+k,spare=0;
for(let s=0;s<length;s+=5){last[steps[s+2]]=s;
if(steps[s+3]>=0)last[steps[s+3]]=s;
if(steps[s+4]>=0)last[steps[s+4]]=s}
for(let j=0;j<size;j++){place[j]=j*BLOCK;last[j]=length}
const results=p.results.flat().map(id),checks=p.checks.map(id);
for(const r of results)last[r]=length;
for(const r of checks)last[r]=length;
for(let s=0;s<length;s+=5){const one=steps[s+2],two=steps[s+3],three=steps[s+4];
if(last[one]==s)free[spare++]=place[one];
if(two>=0&&two!=one&&last[two]==s)free[spare++]=place[two];
if(three>=0&&three!=one&&three!=two&&last[three]==s)free[spare++]=place[three];
const into=spare?free[--spare]:BLOCK*size++;
place[steps[s+1]]=into;steps[s+1]=into;steps[s+2]=place[one];
if(two>=0)steps[s+3]=place[two];
if(three>=0)steps[s+4]=place[three]}
const M=new Float64Array(size*BLOCK);
p.figures.forEach((figure,j)=>M.fill(figure,(h+j)*BLOCK,(h+j+1)*BLOCK));
return{M,steps,results:results.map(r=>place[r]),checks:checks.map(r=>place[r])}};
const program=p=>{const inputs=described(p),h=inputs.length,loads=inputs.map(i=>LOADS[i[3]]);let ready;
const play=({M,steps},n)=>{const length=steps.length;
for(let s=0;s<length;s+=5)KERNELS[steps[s]](M,steps[s+1],steps[s+2],steps[s+3],steps[s+4],n)};
const prepare=()=>{ready??=placed(p,h);play(ready,1)};
const run=(columns,count)=>{ready??=placed(p,h);const{M,results,checks}=ready,
aside=new Uint8Array(count),outputs=p.outputs.map(o=>o.map(k=>new ARRAYS[k](count))),flat=outputs.flat();
for(let start=0;start<count;start+=BLOCK){const n=Math.min(BLOCK,count-start);T.fill(0);
for(let j=0;j<h;j++)loads[j](M,j*BLOCK,columns[j],start,n);
play(ready,n);
for(const at of checks)for(let i=0;i<n;i++)if(M[at+i])T[i]|=1;
for(let j=0;j<flat.length;j++)flat[j].set(M.subarray(results[j],results[j]+n),start);
aside.set(T.subarray(0,n),start)}
return{outputs,aside}};
return{inputs,outputs:p.outputs,prepare,run}};
